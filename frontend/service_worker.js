// The site without a network: files and pages that this browser has read before. The network comes first for pages, so that
// nobody reads an old one while there is a new one; and what the live site runs is never answered from here.

import { CACHES, cacheOf, isHashed, keep } from "./offline/kept.js";

const { scope } = self.registration;
const site = { scope, recorded: new URL(self.location.href).searchParams.has("recorded") };
const OFFLINE = `${scope}offline/`;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(fetch(OFFLINE).then((response) => response.ok && keep("pages", OFFLINE, response)));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const find = async (name, request) => (await caches.open(CACHES[name])).match(request, { ignoreVary: true });

const fetched = async (event, name) => {
  const response = await fetch(event.request);
  if (name && response.ok && response.type === "basic") event.waitUntil(keep(name, event.request, response.clone()).catch(() => {}));
  return response;
};

const answer = async (event, name) => {
  const { request } = event;
  if (name === "files" && isHashed(new URL(request.url))) return (await find(name, request)) ?? fetched(event, name);
  try {
    return await fetched(event, name);
  } catch (error) {
    const kept = (name && (await find(name, request))) ?? (request.mode === "navigate" ? await find("pages", OFFLINE) : null);
    if (kept) return kept;
    throw error;
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(scope)) return;
  const name = cacheOf(url, site);
  // A part of a page that htmx asks the live site for is no page; an export has whole ones.
  const isPart = !site.recorded && request.headers.has("HX-Request");
  if ((name && !isPart) || request.mode === "navigate") event.respondWith(answer(event, isPart ? null : name));
});
