// Lets the service worker in, and keeps the page that was there before it: the first one that a reader opens.

import { cacheOf, keep } from "./offline/kept.js";

const manifest = document.querySelector("link[rel=manifest]").href;
const recorded = document.documentElement.hasAttribute("data-recorded");
const site = { scope: new URL(".", manifest).href, recorded };
const path = recorded ? "service_worker.js?recorded" : "service_worker.js";

const read = () => {
  const named = performance.getEntriesByType("resource").map(({ name }) => name);
  return [...new Set([location.href.split("#")[0], ...named])].map((address) => new URL(address));
};

const keepThis = () =>
  Promise.allSettled(read().map(async (url) => {
    const name = cacheOf(url, site);
    if (!name || (await caches.match(url.href))) return;
    const response = await fetch(url);
    if (response.ok) await keep(name, url.href, response);
  }));

const start = async () => {
  const isFirst = !navigator.serviceWorker.controller;
  await navigator.serviceWorker.register(new URL(path, manifest), { scope: site.scope });
  await navigator.serviceWorker.ready;
  if (isFirst) await keepThis();
  document.documentElement.dataset.offline = "ready";
};

// Without it the site works as ever, with a network.
if ("serviceWorker" in navigator) addEventListener("load", () => start().catch(() => {}));
