import { screen } from '../../app/screen.tsx'; // lib-below-app
export const signIn = screen;
