// What is kept, and what of a value of unknown origin, a file say, can be kept: each part that is as it should be.

export const VERSION = 1;
const MOST_PLACES = 20; // in sets
const LONGEST = 200; // characters of a text
export const MOST_CODE = 20_000; // characters of a reader's code for a lesson

const PATH = /^[a-z0-9_-]{1,80}\/[a-z0-9_-]{1,80}$/; // track/slug

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isTime = (value) => typeof value === "string" && value.length < 40 && !Number.isNaN(Date.parse(value));
const isText = (value) => typeof value === "string" && value.length > 0 && value.length <= LONGEST;

// An address of this site, and none that leads elsewhere.
const isAddress = (value) => {
  if (typeof value !== "string" || value.length > 5_000 || !value.startsWith("/")) return false;
  return URL.canParse(value, location.origin) && new URL(value, location.origin).origin === location.origin;
};

const guessOf = (value) => {
  if (!isObject(value)) return null;
  const { guess, truth, right, time } = value;
  return isText(guess) && isText(truth) && typeof right === "boolean" && isTime(time) ? { guess, truth, right, time } : null;
};

const codeOf = (value) => {
  if (!isObject(value)) return null;
  const { text, stamp, time } = value;
  if (typeof text !== "string" || text.length > MOST_CODE) return null;
  return isText(stamp) && isTime(time) ? { text, stamp, time } : null;
};

// read, done, solved: times. predicted: { guess, truth, right, time }. code: the reader's own, { text, stamp, time },
// where stamp is of the naive code that it began with.
const lessonOf = (value) => {
  const found = {};
  if (!isObject(value)) return found;
  if (isTime(value.read)) found.read = value.read;
  const predicted = guessOf(value.predicted);
  if (predicted) found.predicted = predicted;
  if (isTime(value.done)) found.done = value.done;
  if (isTime(value.solved)) found.solved = value.solved;
  const code = codeOf(value.code);
  if (code) found.code = code;
  return found;
};

const lastOf = (value) => (isObject(value) && isAddress(value.url) && isText(value.title) ? { url: value.url, title: value.title } : undefined);

const setOf = (value) => {
  if (!isObject(value) || !isText(value.title) || !isAddress(value.url) || !Array.isArray(value.lessons)) return undefined;
  const lessons = value.lessons.filter((each) => isObject(each) && PATH.test(each.path) && isText(each.title) && isAddress(each.url));
  return lessons.length ? { title: value.title, url: value.url, lessons: lessons.map(({ path, title, url }) => ({ path, title, url })) } : undefined;
};

const entriesOf = (value) => (isObject(value) ? Object.entries(value) : []);
const earlier = (one, other) => (one && other ? (Date.parse(one) <= Date.parse(other) ? one : other) : (one ?? other));

// Of a reader's code, what was written last.
const later = (one, other) => (one && other && one.time !== earlier(one.time, other.time) ? one : (other ?? one));

// Both of what is kept of a lesson: of each other part, what came first.
const both = (one = {}, other = {}) => {
  const guesses = [one.predicted, other.predicted].filter(Boolean);
  const predicted = guesses.find(({ time }) => time === earlier(guesses[0]?.time, guesses[1]?.time));
  const parts = {
    read: earlier(one.read, other.read),
    predicted,
    done: earlier(one.done, other.done),
    solved: earlier(one.solved, other.solved),
    code: later(one.code, other.code),
  };
  return JSON.parse(JSON.stringify(parts));
};

export class Kept {
  // trouble: a word of store.js's TROUBLE, or null
  constructor(value = {}, trouble = null) {
    this.trouble = trouble;
    this.lessons = {}; // by "track/slug": of lessonOf()'s parts; times in ISO 8601
    this.unreadable = []; // names of lessons of which nothing could be kept
    for (const [path, lesson] of entriesOf(value.lessons)) {
      const found = lessonOf(lesson);
      if (PATH.test(path) && Object.keys(found).length) this.lessons[path] = found;
      else this.unreadable.push(path.slice(0, LONGEST));
    }
    this.last = lastOf(value.last); // the lesson's page that was seen last: its url, with the lesson's title
    this.set = setOf(value.set); // that the reader walks: title, url, lessons of path, title and url
    this.places = Object.fromEntries(entriesOf(value.places).filter(([url, path]) => isAddress(url) && PATH.test(path)));
  }

  toJSON() {
    const { lessons, last, set, places } = this;
    return { version: VERSION, lessons, last, set, places };
  }

  // What is kept of a lesson, to be changed.
  lesson(path) {
    return (this.lessons[path] ??= {});
  }

  // A lesson of which nothing is left is not kept.
  tidy(path) {
    if (!Object.keys(this.lesson(path)).length) delete this.lessons[path];
  }

  // Add what another has of a lesson.
  merge(path, lesson) {
    this.lessons[path] = both(this.lessons[path], lesson);
  }

  // Where the reader is in a set: at a lesson of it.
  stay(url, path) {
    delete this.places[url]; // the newest comes last
    this.places[url] = path;
    for (const old of Object.keys(this.places).slice(0, -MOST_PLACES)) delete this.places[old];
  }

  // renames: [was, is] of lessons that were moved
  rename(renames) {
    for (const [was, is] of renames) {
      if (this.lessons[was]) this.merge(is, this.lessons[was]);
      delete this.lessons[was];
      for (const lesson of this.set?.lessons ?? []) if (lesson.path === was) lesson.path = is;
      for (const [url, path] of Object.entries(this.places)) if (path === was) this.places[url] = is;
    }
  }
}
