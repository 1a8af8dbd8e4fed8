// A sketch and its result as Markdown, for a chat or an issue.

import { sayBooks, sayVersions } from "./recorded.js";

// No fence of the text itself may end it.
const fenced = (language, text) => {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
};

const language = (name) => (name.endsWith(".py") ? "python" : "html");

const sayRun = ({ way, status, error, queries, rows, statements, more }) => {
  const told = [`**${way}**: ${queries} ${queries === 1 ? "query" : "queries"}, ${rows} ${rows === 1 ? "row" : "rows"} fetched`];
  if (status !== "ok") told.push(`It did not come to its end: ${error}`);
  for (const { count, sql, place } of statements) {
    told.push(`×${count}${place ? ` from ${place}` : ""}`, fenced("sql", sql));
  }
  if (more) told.push(`and ${more} more kinds of statement.`);
  return told.join("\n\n");
};

// result: what record() gives, or null
export const toMarkdown = ({ files }, result, link) => {
  const parts = Object.entries(files).map(([name, text]) => `\`${name}\`\n\n${fenced(language(name), text)}`);
  if (result) {
    parts.push(...result.runs.map(sayRun));
    parts.push(`Recorded on ${result.at}, with ${sayBooks(result.books)}: ${sayVersions(result.versions)}.`);
  }
  return `${[...parts, `Open it: ${link}`].join("\n\n")}\n`;
};
