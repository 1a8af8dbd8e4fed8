// In the sandboxed frame: makes the worker and hands on what the page sends. It knows nothing, and is replaced with ease.
//
// A service worker answers for no sandboxed frame. Where the page has one, it opens this without a sandbox, and this does
// nothing then but hold a sandboxed frame of itself, whose policy is that of this one.

let worker = null;

const make = ({ script, files, memory }, port) => {
  worker = new Worker(script, { type: "module" }); // of a data: address: in the worker too no other origin exists
  worker.onerror = (event) => {
    event.preventDefault();
    port.postMessage({ fault: event.message || "The worker could not be started." });
  };
  worker.postMessage({ files, memory }, [port]);
};

const run = () => {
  addEventListener("message", ({ source, data, ports: [port] }) => {
    if (source !== parent || parent === window) return;
    worker?.terminate();
    worker = null;
    if (data.script) make(data, port);
  });
  parent.postMessage("here", "*");
};

const hold = () => {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.srcdoc = `<!doctype html>${document.documentElement.outerHTML}`;
  addEventListener("message", ({ source, data, ports }) => {
    if (source === frame.contentWindow) parent.postMessage("here", "*");
    else if (source === parent && parent !== window) frame.contentWindow.postMessage(data, "*", ports);
  });
  document.documentElement.append(frame);
};

if (self.origin === "null") run();
else hold();
