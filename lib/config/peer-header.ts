/** Who the connection came from, as the front server saw it: set by it alone, whatever a client sends under this name. */
export const peerHeader = 'x-keyward-peer';
