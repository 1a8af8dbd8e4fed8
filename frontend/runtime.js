export { Ended, Runtime, unable } from "./runtime/client.js";
