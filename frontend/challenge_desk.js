export { openDesk } from "./challenge/opening.js";
