/** Set by the HTTP server in front of Next to the address of the socket; what clients send under this name is dropped there. */
export const peerHeader = 'x-keyward-peer';
