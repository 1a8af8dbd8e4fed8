// What a reader tries: files by name, and the bookstore that they run on.

export const RUN = "run.py";
export const OTHER = "other.py";
export const MODELS = "models.py";
export const BOOKS = [0, 10, 100, 1000]; // 0: its tables, and no rows
const MOST = 200_000; // characters of all files
const NAME = /^(\w+\.py|templates\/[\w-]+(\/[\w-]+)*\.\w+)$/;

const FIRST = `from library.models import Book

for book in Book.objects.filter(is_published=True)[:10]:
    print(book.title, "by", book.author.name)
`;

export const OWN_MODELS = `from django.db import models


class Order(models.Model):
    number = models.CharField(max_length=20)


# Called before each run: it fills the tables.
def setup():
    Order.objects.bulk_create(Order(number=f"A{n}") for n in range(100))
`;

export const blank = () => ({ files: { [RUN]: FIRST }, books: 100 });

// Why a file cannot have this name, as a sentence, or null.
export const wrongName = (name, files) => {
  if (name in files) return `There is a ${name} already.`;
  if (!NAME.test(name)) return "Name it like helpers.py, or like templates/list.html.";
  return null;
};

// Return the sketch that `value` is, whatever came with a link or in a file. Throws an Error that says what is wrong.
export const checked = (value) => {
  const { files, books } = value ?? {};
  if (typeof files !== "object" || files === null || Array.isArray(files)) throw new Error("There are no files in it.");
  const names = Object.keys(files);
  const wrong = names.find((name) => typeof files[name] !== "string" || !NAME.test(name));
  if (wrong !== undefined) throw new Error(`It has a file that cannot be one: ${wrong.slice(0, 60)}`);
  if (!(RUN in files)) throw new Error(`It has no ${RUN}.`);
  if (names.reduce((sum, name) => sum + files[name].length, 0) > MOST) throw new Error("It is too long.");
  return { files: { ...files }, books: BOOKS.includes(books) ? books : 100 };
};
