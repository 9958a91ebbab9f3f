"""Passwords that an administrator reads out or copies onto paper, and a keyboard of a phone types.

Three words of 256 and four digits of eight are 36 bits: enough for a sign-in that refuses the sixth
try within five minutes, until the owner chooses another.
"""

import secrets

WORDS = (
    *("abri", "acier", "agile", "aigle", "aloe", "amande", "ample", "ancre", "anneau"),
    *("antenne", "arbre", "ardoise", "argile", "arome", "atelier", "atlas", "aube", "avenir"),
    *("avril", "azur", "badge", "balai", "balcon", "balle", "bambou", "banane", "banc", "baobab"),
    *("barque", "basilic", "bassin", "bateau", "beurre", "bison", "blanc", "bleu", "bocal", "bois"),
    *("bonnet", "bord", "botte", "bouche", "bougie", "boule", "bourse", "brave", "brise", "brun"),
    *("bulle", "bureau", "cacao", "cadre", "cahier", "caillou", "caisse", "calme"),
    *("camion", "canal", "canard", "canne", "canoe", "carnet", "carotte", "carte", "cascade"),
    *("cerise", "chaise", "chaleur", "champ", "chanson", "chat", "chemin", "cheval", "ciel"),
    *("cigale", "citron", "clair", "cloche", "clou", "coffre", "coin", "colline", "colombe"),
    *("comptoir", "copie", "corail", "corde", "coton", "couleur", "cour", "crabe", "craie"),
    *("crayon", "cuivre", "danse", "dattier", "demain", "dessin", "dindon", "doigt", "doux"),
    *("drap", "dune", "encre", "escale", "espoir", "fable", "facile", "farine", "faucon", "fauve"),
    *("ferme", "feuille", "figue", "film", "filtre", "flamme", "fleur", "fleuve"),
    *("flute", "foin", "fonio", "fontaine", "forge", "four", "frais", "fruit", "galet"),
    *("gazelle", "girafe", "gomme", "goutte", "grain", "grand", "grange", "gris", "grotte"),
    *("guitare", "hamac", "hangar", "haricot", "herbe", "hibou", "horizon", "huile", "igname"),
    *("image", "index", "jardin", "jarre", "jaune", "jeton", "jouet", "jour", "juste", "karite"),
    *("lac", "laine", "lait", "lampe", "large", "lavande", "leste", "lettre", "libre", "lilas"),
    *("lime", "linge", "lion", "livre", "loisir", "loupe", "lumiere", "lune", "maille"),
    *("mangue", "marbre", "marche", "marmite", "matin", "melon", "menthe", "miel"),
    *("miroir", "montre", "moulin", "mouton", "mur", "nappe", "natte", "navire", "nid"),
    *("noix", "nord", "nuage", "oasis", "olive", "ombre", "orange", "orge", "osier", "ouest"),
    *("outil", "page", "paille", "palme", "panier", "papaye", "papier", "paquet", "parc"),
    *("patate", "pelle", "perle", "phare", "piano", "pierre", "pilon", "piment", "pirogue"),
    *("piste", "plage", "plaine", "plume", "poire", "pomme", "pont", "port", "potier", "prune"),
    *("puits", "radis", "raisin", "rameau", "regard", "relais", "riz", "robe", "rocher", "rose"),
    *("route", "ruban", "sable", "sac", "safran", "savon", "sel", "semaine", "soleil", "sucre"),
    *("table", "tapis", "tissu", "vent", "verger", "village"),
)
DIGITS = "23456789"  # neither 0 nor 1: on paper they are read as letters


def first_password() -> str:
    """Return three words and four digits: "lampe-mangue-fleuve-4829"."""
    words = [secrets.choice(WORDS) for _ in range(3)]
    return "-".join([*words, "".join(secrets.choice(DIGITS) for _ in range(4))])
