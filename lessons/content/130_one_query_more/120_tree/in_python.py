from collections import defaultdict

from setup import Category


def run():
    names, children = {}, defaultdict(list)
    for key, name, parent in Category.objects.values_list("pk", "name", "parent"):
        names[key] = name
        children[parent].append(key)
    found = [2]
    for key in found:
        found += children[key]
        yield key, names[key]
