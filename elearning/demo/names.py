"""Common first and family names of Mali, combined at random: no real person is meant."""

FEMALE_NAMES = (
    "Aïssata", "Aminata", "Assétou", "Awa", "Bintou", "Coumba", "Djénéba", "Fanta", "Fatoumata",
    "Hawa", "Kadiatou", "Kadidia", "Mariam", "Maïmouna", "Nana", "Niélé", "Oumou", "Rokia",
    "Ramata", "Safiatou", "Salimata", "Sira", "Sitan", "Tenin",
)  # fmt: skip
MALE_NAMES = (
    "Abdoulaye", "Adama", "Alassane", "Aliou", "Amadou", "Bakary", "Boubacar", "Cheick", "Daouda",
    "Drissa", "Ibrahima", "Issa", "Lassana", "Mahamadou", "Mamadou", "Modibo", "Moussa", "Oumar",
    "Ousmane", "Salif", "Sékou", "Seydou", "Sidi", "Souleymane", "Yacouba", "Youssouf",
)  # fmt: skip
FAMILY_NAMES = (
    "BAGAYOKO", "BALLO", "BERTHÉ", "CAMARA", "CISSÉ", "COULIBALY", "DABO", "DAOU", "DEMBÉLÉ",
    "DIABATÉ", "DIAKITÉ", "DIALLO", "DIARRA", "DICKO", "DOUCOURÉ", "DOUMBIA", "FOFANA", "GUINDO",
    "HAÏDARA", "KANE", "KANTÉ", "KASSOGUÉ", "KEÏTA", "KONATÉ", "KONÉ", "KOUYATÉ", "MAÏGA",
    "MALLÉ", "NIARÉ", "ONGOÏBA", "OUATTARA", "SAMAKÉ", "SANGARÉ", "SANOGO", "SIDIBÉ", "SIMPARA",
    "SISSOKO", "SOGOBA", "SOUMARÉ", "SOW", "SYLLA", "TANGARA", "TEMBELY", "THÉRA", "TOGO",
    "TOURÉ", "TRAORÉ", "YATTARA",
)  # fmt: skip
