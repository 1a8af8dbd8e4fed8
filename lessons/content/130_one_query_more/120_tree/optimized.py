from setup import Category

TABLE = Category._meta.db_table
BRANCH = f"""
WITH RECURSIVE branch (id) AS (
    SELECT id FROM {TABLE} WHERE id = %s
    UNION
    SELECT child.id FROM {TABLE} AS child JOIN branch ON child.parent_id = branch.id
)
SELECT category.id, category.name FROM {TABLE} AS category JOIN branch ON branch.id = category.id
"""


def run():
    for category in Category.objects.raw(BRANCH, [2]):
        yield category.pk, category.name
