// Fetches files, and tells how far it is.

// Return the ArrayBuffers of `files`, [{ url, bytes }]: bytes as they are without compression.
export const fetchAll = async (files, onProgress) => {
  const all = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  const advance = (bytes) => {
    done += bytes;
    onProgress({ done, all });
  };
  return Promise.all(files.map((file) => fetchOne(file, advance)));
};

const fetchOne = async ({ url }, advance) => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The server does not give ${url}: ${response.status}.`);
  const chunks = [];
  for await (const chunk of read(response.body)) {
    chunks.push(chunk);
    advance(chunk.byteLength);
  }
  return new Blob(chunks).arrayBuffer();
};

// Not every browser can iterate a stream by itself.
async function* read(stream) {
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
}
