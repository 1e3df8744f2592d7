'use client';

import { createContext } from 'react';

/** When the server has made the page, in milliseconds since 1970: what is told by it keeps its width when the browser takes over. */
export const RenderedAt = createContext<number | null>(null);
