// Figures, and how a run ended, in words.

// A number with about three figures, a whole number with all of them.
export const figure = (value) => {
  if (Number.isInteger(value)) return value.toLocaleString("en");
  const digits = value < 0.1 ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0;
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
};

export const count = (number, one, many = `${one}s`) => `${figure(number)} ${number === 1 ? one : many}`;

export const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

// “naive.py line 4”
export const sayPlace = ({ file, line }) => `${file} line ${line}`;

const UNREACHED = /failed to fetch|networkerror|load failed/i; // as browsers say that no answer came

// Why there is no answer, from what the runtime rejects with: an error with `why` and `message`.
export const sayEnd = ({ why, message }) => {
  if (why === "stopped") return "You stopped it. The next run begins anew.";
  if (why === "time") return "It took too long, so it was ended. Look for a loop that never ends.";
  if (/memory/i.test(message)) {
    return "It took more memory than a run may have, so it was ended. Look for a list that grows without end.";
  }
  if (!navigator.onLine || UNREACHED.test(message)) {
    return "The site could not be reached, so not everything is here that a run needs. Press Run to try again.";
  }
  if (message.startsWith("The server does not give")) {
    return `A file that a run needs is missing on this site. It is not your code. ${message}`;
  }
  return `Something of this site failed. It is not your code: ${message}`;
};
