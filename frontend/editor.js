export { createEditor } from "./editor/editor.js";
