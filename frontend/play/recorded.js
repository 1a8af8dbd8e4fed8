// The last result, as it goes into an embedded link and into Markdown: what was recorded, when, on which versions.

const STATEMENTS = 20; // of a run
const ROWS = 10;

const textOf = (sql) => sql.map(([, text]) => text).join("");

// reply: of Python, to { do: "play" }. ways: the names of the files that ran
export const record = ({ runs, versions }, ways, books) => ({
  at: new Date().toISOString().slice(0, 10),
  versions,
  books,
  runs: runs.map((run, at) => ({
    way: ways[at],
    status: run.status,
    error: run.error,
    queries: run.queries,
    rows: run.rows,
    printed: run.printed.slice(0, 500),
    returned: run.returned,
    columns: run.columns,
    preview: run.rendered === null ? run.preview.slice(0, ROWS) : [],
    statements: run.groups.slice(0, STATEMENTS).map(({ count, sql, place, rows, counted }) => ({
      count,
      sql: textOf(sql),
      place: place && `${place.file} line ${place.line}`,
      rows,
      counted,
    })),
    more: Math.max(0, run.groups.length - STATEMENTS),
  })),
});

export const sayVersions = ({ django, python, sqlite }) => `Django ${django}, Python ${python}, SQLite ${sqlite}`;

export const sayBooks = (books) => (books ? `${books.toLocaleString("en")} books` : "an empty bookstore");
