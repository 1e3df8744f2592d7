import { front } from '../front/front.ts';

export const job = front;
