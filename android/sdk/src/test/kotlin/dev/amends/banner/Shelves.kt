package dev.amends.banner

/** What stands on the shelves, in one language. */
class Shelves(val shop: String, val search: String, val add: String, vararg val things: String)

/** By language. */
val SHELVES = mapOf(
    "en" to Shelves(
        "Corner Shop",
        "Search for bread, cheese, tea …",
        "Add",
        "🥖|Baguette|Baked this morning|€1.80",
        "🧀|Comté|Aged for 18 months|€6.40",
        "🍅|Tomatoes|On the vine, 500 g|€2.90",
        "🍵|Darjeeling|First flush, 100 g|€8.20",
        "🍯|Heather honey|From the moor, 250 g|€5.60",
        "🍓|Strawberries|500 g|€3.90",
        "🥐|Croissants|Four of them|€4.20",
        "🥚|Eggs|Free range, ten|€3.40",
    ),
    "de" to Shelves(
        "Eckladen",
        "Brot, Käse, Tee suchen …",
        "Dazu",
        "🥖|Baguette|Heute früh gebacken|1,80 €",
        "🧀|Comté|18 Monate gereift|6,40 €",
        "🍅|Rispentomaten|500 g|2,90 €",
        "🍵|Darjeeling|First Flush, 100 g|8,20 €",
        "🍯|Heidehonig|Aus dem Moor, 250 g|5,60 €",
        "🍓|Erdbeeren|500 g|3,90 €",
        "🥐|Croissants|Vier Stück|4,20 €",
        "🥚|Eier|Freiland, zehn|3,40 €",
    ),
    "ar" to Shelves(
        "متجر الحي",
        "ابحث عن خبز أو جبن أو شاي…",
        "إضافة",
        "🥖|خبز فرنسي|خُبز هذا الصباح|٧٫٥ د.إ",
        "🧀|جبن كونتيه|معتّق ١٨ شهرًا|٢٦ د.إ",
        "🍅|طماطم|٥٠٠ غرام|١١ د.إ",
        "🍵|شاي دارجيلنغ|١٠٠ غرام|٣٣ د.إ",
        "🍯|عسل البراري|٢٥٠ غرامًا|٢٢ د.إ",
        "🍓|فراولة|٥٠٠ غرام|١٥ د.إ",
        "🥐|كرواسون|أربع قطع|١٧ د.إ",
        "🥚|بيض|عشر بيضات|١٤ د.إ",
    ),
)
