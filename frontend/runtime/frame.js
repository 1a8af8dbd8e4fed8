// In the sandboxed frame: makes the worker and hands on what the page sends. It knows nothing, and is replaced with ease.

let worker = null;

const make = ({ script, files, memory }, port) => {
  worker = new Worker(script, { type: "module" }); // of a data: address: in the worker too no other origin exists
  worker.onerror = (event) => {
    event.preventDefault();
    port.postMessage({ fault: event.message || "The worker could not be started." });
  };
  worker.postMessage({ files, memory }, [port]);
};

addEventListener("message", ({ source, data, ports: [port] }) => {
  if (source !== parent || parent === window) return;
  worker?.terminate();
  worker = null;
  if (data.script) make(data, port);
});
parent.postMessage("here", "*");
