"""Words that make a believable bookstore. Its own lists: Faker's change from one release to the next."""

from functools import cache
from itertools import product
from math import gcd


def _list(text: str) -> tuple[str, ...]:
    return tuple(" ".join(text.split()).split(", "))


# Given names and family names that go together, by country.
PEOPLE = {
    "Argentina": (
        _list("""Joaquín, Martina, Lautaro, Delfina, Ezequiel, Malena, Bautista, Pilar, Facundo, Jazmín,
        Ignacio, Rocío, Nahuel, Abril, Gastón, Candela"""),
        _list("""Acosta, Benítez, Bustos, Cabrera, Domínguez, Escudero, Ferreyra, Godoy, Ibáñez, Ledesma,
        Luna, Maldonado, Núñez, Ojeda, Peralta, Quiroga, Roldán, Sosa, Vidal, Zabala"""),
    ),
    "Brazil": (
        _list("""João, Luíza, Caetano, Beatriz, Thiago, Letícia, Otávio, Marina, Vinícius, Helena, Murilo,
        Isadora, Davi, Cecília, Raul, Yasmin"""),
        _list("""Alencar, Araújo, Barros, Brandão, Cardoso, Conceição, da Cunha, de Souza, Esteves, Falcão,
        Guimarães, Leitão, Magalhães, Moreira, Nogueira, Pacheco, Queiroz, Sampaio, Teles, Vasconcelos"""),
    ),
    "Canada": (
        _list("""Hannah, Étienne, Maeve, Gabrielle, Owen, Maxime, Tessa, Noémie, Calvin, Océane, Wyatt,
        Audrey, Félix, Brooke, Jasper, Simone"""),
        _list("""Beaulieu, Boisvert, Campbell, Desjardins, Fraser, Gagnon, Hébert, Kowalchuk, Lachance,
        MacLeod, Mackenzie, Ouellet, Pelletier, Ross, Sinclair, Thibault, Tremblay, Vachon, Whitford,
        Yellowhorn"""),
    ),
    "Denmark": (
        _list("""Søren, Freja, Mads, Signe, Rasmus, Asta, Anders, Liv, Jeppe, Maja, Troels, Karoline,
        Bjørn, Ingrid, Esben, Agnes"""),
        _list("""Aagaard, Bach, Bjerre, Bruun, Dalgaard, Eskildsen, Friis, Gade, Højgaard, Iversen, Juhl,
        Krogh, Lauritzen, Mørk, Nørgaard, Overgaard, Ravn, Skov, Thorup, Østergaard"""),
    ),
    "Egypt": (
        _list("""Nour, Karim, Laila, Youssef, Dina, Tarek, Mariam, Omar, Salma, Hassan, Yasmine, Amr,
        Farida, Khaled, Rana, Sherif"""),
        _list("""Abdelaziz, Amin, Badawi, Darwish, El Masry, Fahmy, Farouk, Gaber, Hamdy, Ismail, Kamel,
        Lotfy, Mansour, Nassar, Osman, Ramzy, Sabry, Shawky, Tawfik, Zaki"""),
    ),
    "France": (
        _list("""Chloé, Théo, Anaïs, Rémi, Léa, Baptiste, Inès, Loïc, Margaux, Clément, Élodie, Bastien,
        Manon, Gaël, Coralie, Aurélien"""),
        _list("""Aubert, Besson, Blanchet, Carpentier, Chevallier, Delattre, Fabre, Garnier, Hamel,
        Jacquet, Lefèvre, Marchand, Noël, Perrin, Renaud, Rivière, Sénéchal, Tessier, Vasseur, Weber"""),
    ),
    "Germany": (
        _list("""Jürgen, Käthe, Lukas, Friederike, Matthias, Annika, Götz, Leonie, Bernd, Svenja, Tobias,
        Hannelore, Jörg, Marlene, Felix, Ute"""),
        _list("""Albrecht, Böhm, Brandt, Dietrich, Engel, Fuchs, Groß, Hartmann, Jäger, Kühn, Lindner,
        Möller, Neumann, Pfeiffer, Reinhardt, Schäfer, Thiele, Ulrich, Vogel, Zimmermann"""),
    ),
    "India": (
        _list("""Ananya, Rohan, Kavya, Arjun, Meera, Vikram, Ishani, Nikhil, Priya, Siddharth, Tara,
        Aditya, Leela, Karthik, Nandini, Dev"""),
        _list("""Agarwal, Banerjee, Bhatt, Chandra, Deshpande, Fernandes, Ghosh, Iyer, Joshi, Kapoor,
        Kulkarni, Menon, Mukherjee, Nair, Patel, Rao, Reddy, Sen, Subramanian, Trivedi"""),
    ),
    "Ireland": (
        _list("""Aoife, Cillian, Niamh, Oisín, Róisín, Declan, Saoirse, Fergus, Ciara, Eoin, Gráinne,
        Pádraig, Sorcha, Tadhg, Bríd, Lorcan"""),
        _list("""Brennan, Byrne, Callaghan, Connolly, Delaney, Doherty, Fitzgerald, Flynn, Hickey, Keane,
        Kinsella, MacNamara, Nolan, O'Brien, O'Dwyer, Ó Súilleabháin, Quinlan, Redmond, Sheehan, Tierney"""),
    ),
    "Italy": (
        _list("""Giulia, Matteo, Ginevra, Lorenzo, Nicolò, Beatrice, Tommaso, Chiara, Edoardo, Ludovica,
        Dario, Elisa, Fabio, Ornella, Pietro, Viola"""),
        _list("""Amato, Barone, Bellini, Caruso, Colombo, De Luca, Esposito, Ferri, Galli, Lombardi,
        Marchetti, Negri, Orlando, Pellegrini, Rinaldi, Sartori, Testa, Valentini, Villa, Zanetti"""),
    ),
    "Japan": (
        _list("""Akari, Daichi, Emi, Haruto, Izumi, Kenji, Mio, Naoki, Reiko, Sōta, Tomoko, Yūto, Chihiro,
        Ren, Sakura, Kōhei"""),
        _list("""Aoki, Endō, Fujita, Hayashi, Inoue, Katō, Kimura, Matsumoto, Mori, Nakagawa, Nishimura,
        Okada, Ōno, Saitō, Sakamoto, Shimizu, Takeda, Ueda, Watanabe, Yamamoto"""),
    ),
    "Kenya": (
        _list("""Wanjiru, Otieno, Amina, Kiprono, Njeri, Baraka, Achieng, Mwangi, Zawadi, Kamau, Nyambura,
        Juma, Makena, Odhiambo, Halima, Kibet"""),
        _list("""Achola, Chebet, Gathogo, Githinji, Kamande, Karanja, Kariuki, Kimani, Kiptoo, Macharia,
        Maina, Mutua, Mwende, Ndegwa, Ochieng, Odera, Omondi, Ruto, Wafula, Wekesa"""),
    ),
    "Mexico": (
        _list("""Ximena, Emiliano, Citlali, Santiago, Paloma, Leonel, Itzel, Rodrigo, Renata, Tonatiuh,
        Lucía, Gael, Araceli, Ulises, Jimena, Eréndira"""),
        _list("""Aguilar, Bautista, Cárdenas, Cervantes, del Río, Espinoza, Fuentes, Gallegos, Huerta,
        Juárez, Lozano, Montes, Navarro, Ochoa, Padilla, Robles, Salazar, Treviño, Villaseñor, Zamora"""),
    ),
    "Netherlands": (
        _list("""Zoë, Daan, Fleur, Sven, Lotte, Joost, Noortje, Ruben, Femke, Thijs, Anouk, Bram, Roos,
        Pieter, Maartje, Chloë"""),
        _list("""Bakker, Bos, de Boer, de Graaf, Dekker, Haan, Hoekstra, Jansen, Kuipers, Maas, Mulder,
        Postma, Smit, van Dijk, van Leeuwen, Veenstra, Verhoeven, Visser, Wiersma, Zijlstra"""),
    ),
    "Nigeria": (
        _list("""Adaeze, Tunde, Ngozi, Emeka, Folake, Chidi, Amaka, Sade, Obinna, Yetunde, Ikenna, Zainab,
        Kelechi, Bisi, Uche, Temitope"""),
        _list("""Abubakar, Adebayo, Afolabi, Agbaje, Balogun, Chukwu, Danjuma, Eze, Ibekwe, Igwe, Lawal,
        Mbah, Nwachukwu, Obi, Odukoya, Ogunleye, Okafor, Olawale, Umeh, Yusuf"""),
    ),
    "Poland": (
        _list("""Łukasz, Agnieszka, Paweł, Zofia, Wojciech, Małgorzata, Michał, Bożena, Grzegorz, Kinga,
        Rafał, Jagoda, Tomasz, Halina, Sławomir, Róża"""),
        _list("""Bąk, Cieślak, Dudek, Gajda, Jaworek, Kaczmarek, Kołodziej, Król, Łuczak, Mazur, Nowak,
        Pająk, Pawlak, Sikora, Stępień, Szewczyk, Walczak, Wójcik, Wrona, Zając"""),
    ),
    "South Korea": (
        _list("""Ji-woo, Min-jun, Seo-yeon, Hyun-woo, Ha-eun, Dong-hyun, Soo-ah, Tae-yang, Yu-na, Jae-won,
        Na-ri, Sang-ho, Eun-ji, Kyung-min, Da-hye, Woo-jin"""),
        _list("""Ahn, Bae, Cha, Choi, Gu, Han, Heo, Hwang, Jang, Jeong, Jo, Kang, Kim, Kwon, Lim, Moon,
        Noh, Oh, Seo, Yoon"""),
    ),
    "Sweden": (
        _list("""Astrid, Björn, Elsa, Göran, Klara, Måns, Saga, Åke, Ebba, Viggo, Tuva, Sixten, Märta,
        Hjalmar, Linnéa, Östen"""),
        _list("""Ahlgren, Bergström, Dahlberg, Ekström, Forsberg, Grönvall, Hedlund, Höglund, Isaksson,
        Källström, Lindqvist, Malmgren, Norén, Öberg, Palmgren, Rydell, Sjöberg, Söderlund, Wallin,
        Åström"""),
    ),
    "Türkiye": (
        _list("""Ayşe, Emre, Zeynep, Barış, Defne, Çağlar, Gülşen, Mert, İpek, Kerem, Nilüfer, Onur, Selin,
        Tolga, Yasemin, Umut"""),
        _list("""Acar, Aydın, Başaran, Çelik, Demir, Doğan, Erdem, Güneş, Işık, Kaya, Koç, Öztürk, Polat,
        Şahin, Tekin, Toprak, Uçar, Yalçın, Yıldız, Yılmaz"""),
    ),
    "Vietnam": (
        _list("Linh, Đức, Hương, Minh, Ngọc, Quân, Thảo, Tuấn, Vy, Khánh, Mai, Phúc, Lan, Sơn, Trang, Bảo"),
        _list("""Bùi, Cao, Châu, Đặng, Đinh, Đoàn, Dương, Hà, Hồ, Hoàng, Huỳnh, Lâm, Lê, Ngô, Nguyễn, Phạm,
        Phan, Trần, Trịnh, Võ"""),
    ),
}
COUNTRIES = tuple(PEOPLE)

GENRES = _list("""Adventure, Biography, Cookery, Crime, Essays, Fantasy, History, Nature writing, Poetry,
    Science fiction, Travel, Young adult""")
# Three genres that sit well on one book, the first one first; a book takes one, two or all of them.
SHELVED_TOGETHER = (
    _list("Crime, Adventure, Young adult"),
    _list("Fantasy, Adventure, Young adult"),
    _list("Science fiction, Adventure, Fantasy"),
    _list("History, Biography, Essays"),
    _list("Crime, History, Travel"),
    _list("Fantasy, Young adult, Poetry"),
    _list("Nature writing, Essays, Travel"),
    _list("Travel, History, Essays"),
    _list("Science fiction, Young adult, Crime"),
    _list("Biography, Travel, History"),
    _list("Adventure, Nature writing, Travel"),
    _list("Young adult, Science fiction, Fantasy"),
    _list("Essays, Biography, Poetry"),
    _list("Cookery, Travel, Biography"),
    _list("History, Crime, Biography"),
    _list("Nature writing, Poetry, Biography"),
    _list("Poetry, Essays, Nature writing"),
    _list("Cookery, Nature writing, Essays"),
)

QUALITIES = _list("""Amber, Blue, Borrowed, Brief, Bright, Careful, Copper, Crooked, Distant, Drowned,
    Faithful, Forgotten, Gentle, Hidden, Hollow, Invisible, Last, Lost, Midnight, Migrant, Northern,
    Ordinary, Painted, Paper, Patient, Quiet, Restless, Salt, Second, Secret, Silver, Sleeping, Slow,
    Small, Stolen, Summer, Tidal, Unfinished, Unwritten, Velvet, Wandering, Winter""")
THINGS = _list("""Archive, Atlas, Bakery, Balcony, Bell, Boathouse, Bridge, Calendar, Causeway, Compass,
    Corridor, Courtyard, Cupboard, Ferry, Garden, Glacier, Harbour, Island, Kitchen, Lantern, Ledger,
    Letter, Library, Lighthouse, Market, Meadow, Mirror, Moth, Mountain, Museum, Notebook, Orchard, Piano,
    Quarry, Railway, River, Signal, Station, Swallow, Telescope, Theatre, Tower, Umbrella, Valley, Violin,
    Voyage, Weather, Well, Window""")
KEEPERS = _list("""Apprentice, Archivist, Astronomer, Baker, Beekeeper, Bookbinder, Botanist, Cartographer,
    Clockmaker, Composer, Cook, Diver, Ferryman, Forger, Gardener, Geologist, Glassblower, Interpreter,
    Librarian, Lighthouse Keeper, Locksmith, Midwife, Navigator, Perfumer, Photographer, Pilot,
    Postmistress, Printer, Puppeteer, Surveyor, Tailor, Translator, Watchmaker, Weaver""")
PLACES = _list("""Aarhus, Alexandria, Antwerp, Bahia, Bergen, Busan, Cartagena, Cork, Dakar, Galway, Ghent,
    Gdańsk, Hanoi, Istanbul, Jaipur, Kraków, Kyoto, Lagos, Lisbon, Lübeck, Malmö, Mombasa, Montréal,
    Naples, Oaxaca, Palermo, Pondicherry, Quebec, Rosario, Salvador, Sapporo, Trieste, Valparaíso,
    Zanzibar""")
MATTERS = _list("""Amber, Arrival, Ash, Bread, Chalk, Clouds, Colour, Courage, Distance, Dust, Echoes,
    Exile, Fog, Friendship, Frost, Harvest, Homecoming, Honey, Hunger, Ink, Kindness, Laughter, Light,
    Longing, Luck, Memory, Moss, Music, Patience, Rain, Salt, Shadow, Silence, Sleep, Smoke, Snow,
    Solitude, Stars, Stone, Thunder, Tides, Time, Trust, Waiting, Wind, Wonder""")
STUDIES = _list("""A Brief Theory, A Dictionary, A Grammar, A History, A Little Book, A Natural History,
    A Pocket Atlas, A Short History, An Anatomy, An Atlas, In Praise, In Search, Notes on the Uses,
    On the Nature, The Art, The Book, The Chemistry, The Geography""")
DEEDS = _list("""After, Before, Beyond, Drawing, Finding, Inside, Leaving, Listening to, Mending, Naming,
    Past, Return to, Waiting for, Walking to""")
MEMORIES = _list("Forgot, Hid, Kept, Knew, Left Us, Promised, Remembers, Said, Saw, Taught Me")
SEASONS = _list("""April, Autumn, December, February, January, June, March, May, November, October,
    September, Spring, Summer, Winter""")
TITLES = (
    ("The {} {}", QUALITIES, THINGS),
    ("The {} {}", QUALITIES, KEEPERS),
    ("The {} of {}", KEEPERS, PLACES),
    ("The {}'s {}", KEEPERS, THINGS),
    ("The {} and the {}", KEEPERS, THINGS),
    ("The {} of {}", THINGS, PLACES),
    ("{} and {}", MATTERS, MATTERS),
    ("{} of {}", STUDIES, MATTERS),
    ("{} the {}", DEEDS, THINGS),
    ("What the {} {}", KEEPERS, MEMORIES),
    ("What the {} {}", THINGS, MEMORIES),
    ("{} in {}", PLACES, SEASONS),
    ("{}, with {}", PLACES, MATTERS),
    ("Letters from {}", PLACES),
    ("Letters to a {} {}", QUALITIES, KEEPERS),
)

FOUNDERS = _list("""Alder, Amberley, Arbour, Ashdown, Barrow, Birchwood, Blackthorn, Bramble, Brightwater,
    Carrick, Cedar, Clementine, Coppice, Corvid, Dovecote, Driftwood, Ember, Fairlight, Fennel, Foxglove,
    Gannet, Greenway, Halcyon, Harrow, Hazel, Heron, Hollis, Inkwell, Ivy, Juniper, Kestrel, Kingfisher,
    Lantern, Larkspur, Linden, Lodestar, Longshore, Magpie, Marlow, Meridian, Moorland, Nightjar,
    Northgate, Oakley, Osprey, Peregrine, Quill, Quince, Rookery, Rowan, Saltmarsh, Sparrow, Starling,
    Tamarind, Tern, Thistle, Vellum, Wayfarer, Willow, Wren""")
HOUSES = _list("""Books, Editions, House, Imprint, Literary, Press, Publishing, Reading Room, Verlag,
    Works, & Company, & Daughters""")

# A description says what the book is about, how it goes on, and what it is worth.
PREMISES = (
    "On the morning the ferry stops running, a whole town learns how much of its life depended on the tide.",
    "Three sisters inherit a house that nobody in the family has ever admitted to owning.",
    "A retired surveyor finds that the map she drew as a student has been quietly wrong for forty years.",
    "When the last bookbinder in the quarter closes his shop, he leaves one order unfinished and no address.",
    "Every spring the river moves a little to the east, and every spring the village pretends not to notice.",
    "It begins with a postcard that took nineteen years to arrive and was still, somehow, urgent.",
    "Nobody remembers who planted the orchard, but everyone has an opinion about who should inherit it.",
    "At the end of a long career in other people's kitchens, a cook sits down to write what she really ate.",
    "The signal was weak, it came from the wrong direction, and it repeated itself every eleven minutes.",
    "In a city rebuilt four times on the same foundations, an archivist is asked for the first front door.",
    "A young translator is hired to render a novel whose author refuses to say which language it is in.",
    "Two strangers share a night train, a thermos and a secret that neither of them can keep alone.",
    "The winter the harbour froze, the children walked out to the islands and came back with a story.",
    "An old violin changes hands seven times in one century and outlives every promise made over it.",
    "For as long as anyone can say, the keeper of the light has also kept the town's unsent letters.",
    "She came to count the birds for a season and stayed until the birds had begun to count on her.",
    "The expedition had everything it needed except a reason that all of its members could agree on.",
    "In the smallest museum in the country there is a drawer that has not been opened since the flood.",
    "A family of clockmakers falls out over a quarter of an hour and does not speak for two generations.",
    "The recipe called for patience, and patience was the one thing the bakery on the corner had run out of.",
    "Between the railway and the sea lies a strip of land that belongs to no one and feeds half the valley.",
    "When the village votes to drown itself for a reservoir, one household declines to be moved.",
    "The census taker's instructions were clear: one visit, ten questions, and under no account any tea.",
    "Long after the empire has gone, its last postal inspector continues to deliver the mail.",
)
TURNS = (
    "What follows is part inquiry and part love letter, told by people who rarely agree about what they saw.",
    "As the seasons turn, small kindnesses gather into a debt that someone will finally have to settle.",
    "The further the search goes, the plainer it becomes that the missing thing was never really hidden.",
    "Neighbours become witnesses, witnesses become suspects, and the only honest account is a shopping list.",
    "Letters, ledgers and half a diary are set side by side until the gaps between them begin to speak.",
    "There are storms, a wedding, a great deal of soup and one unforgivable remark made at a funeral.",
    "Along the way we meet a pilot who is afraid of birds and a priest who keeps bees for the company.",
    "The chapters move between two coasts and three decades without once losing the thread or the reader.",
    "Old rivalries surface, a bridge is built in the wrong place, and a friendship survives them both.",
    "Behind the comedy of committees and casseroles runs a quieter story about who is allowed to belong.",
    "Step by step the evidence is laid out, weighed and gently taken apart again by the people it concerns.",
    "A second voice joins in halfway, corrects the first, and turns out to have been in the room all along.",
    "By midsummer the money is gone, the roof is off, and everybody has stopped pretending to be a visitor.",
    "It is a journey of a few streets and several centuries, with long stops wherever the coffee is good.",
    "Each discovery answers one question and quietly unsettles two that everyone had thought were closed.",
    "The weather takes sides, the dog takes none, and the youngest daughter takes careful notes.",
    "What looked like an ending in the first chapter proves to be the only beginning anyone could afford.",
    "Meanwhile the town goes about its business of weddings, gossip and the slow repair of boats.",
    "Facts are checked, memories are checked against them, and neither side comes out entirely well.",
    "Somewhere between the second harvest and the first snow, the story changes hands and then its mind.",
)
VERDICTS = (
    "Warm, exact and often very funny, it rewards readers who like to be trusted with the details.",
    "Few writers are as attentive to work, and to what people say to one another while they are doing it.",
    "The prose is clear as well water, and the last forty pages are best read in a single sitting.",
    "It is a generous book about difficult people, and it never once mistakes silence for consent.",
    "Readers will recognise the place even if they have never been there, and miss it when they leave.",
    "Beautifully paced and lightly learned, this is a book to lend out carefully and ask to have back.",
    "This edition adds an afterword, a map, and notes on the sources for those who want to go further.",
    "Booksellers who read it early have pressed it on their friends, and it is easy to see why.",
    "Nothing here is hurried, nothing is wasted, and the final image stays in the mind for a long time.",
    "It can be opened anywhere, but it is at its best from the first line to the last, and then again.",
    "Part memoir of a landscape and part quiet adventure, it makes the familiar look newly discovered.",
    "A book for long evenings, for shared kitchens, and for anyone who has ever kept a key too long.",
    "The research is deep and worn lightly, and the jokes arrive exactly when they are most needed.",
    "It asks a simple question, declines the easy answers, and leaves its readers better company.",
    "Translated into eleven languages, it now returns in a new text revised by the author.",
    "By turns tender and severe, it confirms a voice that has been worth following from the start.",
    "You will want to read parts of it aloud, preferably to someone who is trying to do something else.",
    "An unshowy triumph of observation, with a heart that is larger than it first lets on.",
)
# A bio is one of each.
BEGINNINGS = (
    "Grew up above a bakery and learned to read from the backs of flour sacks.",
    "Trained as a marine biologist before turning to fiction.",
    "Worked for twelve years as a night editor on a regional newspaper.",
    "Studied mathematics, taught it happily, and wrote in the school holidays.",
    "Began by publishing short stories in magazines that no longer exist.",
    "Spent a decade restoring church organs in small towns.",
    "Came to writing late, after a career in public libraries.",
    "Writes in two languages and translates from three others.",
    "Left engineering for journalism and journalism for novels.",
    "Has lived in five countries and kept a garden in four of them.",
    "Was a court interpreter until the stories became too good to keep.",
    "Edited other people's books for twenty years before writing one.",
)
NOWADAYS = (
    "Lives by the sea with two dogs and an unreliable boat.",
    "Teaches a writing class on Thursdays and walks on all other days.",
    "Is at work on a long book about short journeys.",
    "Divides the year between a city flat and a house without a telephone.",
    "Serves on the board of a travelling library.",
    "Swims every morning, whatever the weather has to say about it.",
    "Is a regular voice on the radio and an irregular one at parties.",
    "Has been translated into nine languages and shortlisted in most of them.",
    "Keeps bees, with mixed results.",
    "Bakes for every launch and insists that this is why people come.",
    "Writes at a kitchen table that has been in the family since 1911.",
    "Answers letters from readers by hand, in the order they arrive.",
)


@cache
def people() -> list[tuple[str, int]]:
    """Every full name, with the number of its country counted from 1."""
    return [
        (f"{given} {family}", country)
        for country, names in enumerate(PEOPLE.values(), start=1)
        for given, family in product(*names)
    ]


@cache
def titles() -> list[str]:
    return [
        form.format(*words) for form, *lists in TITLES for words in product(*lists) if len({*words}) == len(words)
    ]


@cache
def publishers() -> list[str]:
    return [f"{founder} {house}" for founder, house in product(FOUNDERS, HOUSES)] + [
        f"{founder} & {partner}" for founder, partner in product(FOUNDERS, FOUNDERS) if founder != partner
    ]


@cache
def bios() -> list[str]:
    return [f"{beginning} {today}" for beginning, today in product(BEGINNINGS, NOWADAYS)]


@cache
def passages(sentences: tuple[str, ...], length: int) -> list[str]:
    """Runs of `length` different sentences, four to a paragraph, from every start at every stride."""
    count = len(sentences)
    runs = (
        [sentences[(start + step * stride) % count] for step in range(length)]
        for stride in range(1, count)
        if gcd(stride, count) == 1
        for start in range(count)
    )
    return ["\n\n".join(" ".join(run[at : at + 4]) for at in range(0, length, 4)) for run in runs]


@cache
def stories() -> list[str]:
    """What comes between a description's premise and its verdict: one to three paragraphs."""
    return [story for length in (4, 7, 10) for story in passages(TURNS, length)]


@cache
def verdicts() -> list[str]:
    return passages(VERDICTS, 4)
