"""Las palabras de un texto, cómo se escriben sin tildes, cómo suenan y su raíz: lo mismo que hace el guion que busca.

`palabras`, `llano` y `sonido` tienen su par en `site/tema/buscar_palabras.js`; la raíz la da Snowball en los dos lados.
"""

import re
import unicodedata
from functools import cache

import snowballstemmer

PALABRA = re.compile(r"[^\W_]+")
# Una letra suelta no dice nada; más larga es una huella o una dirección.
LARGOS = range(2, 31)
_SIN_TEMA = """
al ante como con cual cuando de del desde donde el ella ellas ellos en entre era eres es esa ese eso esta este esto
fue ha hasta hay la las le les lo los me mi mis muy no nos para pero por porque que quien se ser si sin sobre son su
sus te ti tu tus un una unas uno unos ya yo
"""
_DE_FAMILIA = """
ad ader ador al an ar ari aria az ci cion ec en er eri es i ic idad ific ill in ism ist it iv iz mient or os ucion
uel ura
"""
# No dicen de qué trata una página: no se guardan ni se buscan.
VACIAS = frozenset(_SIN_TEMA.split())
# Lo que una raíz agrega a otra de su familia: comercial + iz, artesan + al. Hasta dos seguidas.
DERIVACIONES = tuple(_DE_FAMILIA.split())
# En este orden: lo que se escribe distinto y suena igual en Chile.
SUENA = (
    (re.compile(r"ch"), "#"),
    (re.compile(r"h"), ""),
    (re.compile(r"qu(?=[ei])|q"), "k"),
    (re.compile(r"c(?=[ei])|z|x"), "s"),
    (re.compile(r"c"), "k"),
    (re.compile(r"g(?=[ei])"), "j"),
    (re.compile(r"gu(?=[ei])"), "g"),
    (re.compile(r"v"), "b"),
    (re.compile(r"ll"), "y"),
    (re.compile(r"#"), "ch"),
    (re.compile(r"(.)\1+"), r"\1"),
)

_SNOWBALL = snowballstemmer.stemmer("spanish")


def palabras(texto: str) -> list[str]:
    """Las palabras en minúscula, con sus tildes."""
    return [p for p in PALABRA.findall(unicodedata.normalize("NFC", texto).lower()) if len(p) in LARGOS]


@cache
def llano(palabra: str) -> str:
    """Sin tildes, y la ñ como n: muchas personas no las escriben."""
    separada = unicodedata.normalize("NFD", palabra)
    return "".join(letra for letra in separada if not unicodedata.combining(letra))


@cache
def sonido(plana: str) -> str:
    """Cómo suena: «bino» y «vino» quedan igual. Recibe la palabra ya llana."""
    for patron, reemplazo in SUENA:
        plana = patron.sub(reemplazo, plana)
    return plana


@cache
def raiz(palabra: str) -> str:
    """La raíz que da Snowball para el español, sin tildes."""
    return llano(_SNOWBALL.stemWord(palabra))
