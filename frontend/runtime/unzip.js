// Reads zip archives in which nothing is compressed, as pack.py and `manage.py pack_shelves` make them.

const END = 22; // bytes of the end record, which has no comment
const decoder = new TextDecoder();

// Yield [name, bytes] of each file; the bytes are those of the archive's own buffer.
export function* entries(buffer) {
  const view = new DataView(buffer);
  const short = (at) => view.getUint16(at, true);
  const long = (at) => view.getUint32(at, true);
  const end = buffer.byteLength - END;
  let at = long(end + 16);
  for (let left = short(end + 10); left > 0; left--) {
    const [size, nameLength, header] = [long(at + 24), short(at + 28), long(at + 42)];
    const name = decoder.decode(new Uint8Array(buffer, at + 46, nameLength));
    yield [name, new Uint8Array(buffer, header + 30 + short(header + 26) + short(header + 28), size)];
    at += 46 + nameLength + short(at + 30) + short(at + 32);
  }
}

// Write what is in an archive below a folder of Emscripten's file system. Python's own zipfile takes ten times as long.
export const unpack = (FS, buffer, folder) => {
  const made = new Set();
  for (const [name, bytes] of entries(buffer)) {
    const path = `${folder}/${name}`;
    const parent = path.slice(0, path.lastIndexOf("/"));
    if (!made.has(parent)) FS.mkdirTree(parent);
    made.add(parent);
    FS.writeFile(path, bytes, { canOwn: true });
  }
};
