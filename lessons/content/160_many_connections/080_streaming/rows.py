def line(book):
    return f"{book.isbn};{book.title};{book.author.name}\n"
