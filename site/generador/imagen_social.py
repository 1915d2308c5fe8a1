"""Dibuja la imagen que se ve al compartir: el toldo con la franja de la región, el nombre, cuándo y dónde.

Siempre los mismos bytes para lo mismo. Lo ya dibujado se guarda en la obra por su huella y no se vuelve a hacer.
"""

from __future__ import annotations

import io
import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from generador.fichas import Fichas
from generador.lamina import Lamina, laminas

ANCHO, ALTO, MARGEN = 1200, 630, 64
LETRA = Path(__file__).resolve().parents[1] / "tema" / "puesto-slab.woff2"
PAPEL, HOJA, TINTA, TINTA_2, REALCE = "#fdf8ee", "#ffffff", "#0a132d", "#4a4a4a", "#f2c728"
TECHOS = {1: ("#93350f", "#fbe6bd"), 2: ("#4d2ca0", "#e6dcfb")}
# Los mismos pares de las etiquetas de estado, con su contraste ya medido.
ETIQUETAS = {
    "no": ("#b01c1c", "#fde7e3"),
    "espera": ("#7a4a00", "#fdeec2"),
    "suspendida": ("#7a4a00", "#fdeec2"),
    "evaluacion": ("#00528a", "#e3eef8"),
}
ALTO_TECHO, FRANJAS, ANCHO_FRANJA, SUAVIZADO = 84, 16, 75, 3
TAMANOS_TITULO, RENGLONES_TITULO = (84, 74, 66, 58, 50, 42), 3
Fuente = ImageFont.FreeTypeFont
Lapiz = ImageDraw.ImageDraw


def escribir_laminas(fichas: Fichas, portal: Path) -> None:
    """Una imagen por evento y por convocatoria, y una para las demás páginas; borra de la obra las que nadie usa."""
    hechas = fichas.entradas.obra / "laminas"
    hechas.mkdir(parents=True, exist_ok=True)
    todas = laminas(fichas)
    for lamina in todas.values():
        destino = portal / lamina.ruta.lstrip("/")
        destino.parent.mkdir(parents=True, exist_ok=True)
        destino.write_bytes(_guardada(hechas / f"{lamina.huella}.png", lamina))
    usadas = {f"{lamina.huella}.png" for lamina in todas.values()}
    for sobra in (a for a in hechas.iterdir() if a.name not in usadas):
        sobra.unlink()


def _guardada(archivo: Path, lamina: Lamina) -> bytes:
    if not archivo.is_file():
        archivo.write_bytes(dibujar(lamina))
    return archivo.read_bytes()


@cache
def dibujar(lamina: Lamina) -> bytes:
    """El PNG de 1200 × 630; pesa mucho menos que los 300 kB desde donde algunos mensajes dejan de mostrarlo."""
    imagen = _fondo(lamina.componente, lamina.orden).copy()
    lapiz = ImageDraw.Draw(imagen)
    if lamina.demostracion:
        _demostracion(lapiz)
    y = _rotulos(lapiz, lamina)
    _titulo(lapiz, lamina.titulo, y)
    _renglon(lapiz, lamina.cuando, 480, (52, 46, 40, 34), TINTA)
    _renglon(lapiz, lamina.donde, 553, (40, 36, 32, 28), TINTA_2)
    salida = io.BytesIO()
    imagen.save(salida, "PNG", compress_level=6)
    return salida.getvalue()


@cache
def _fondo(componente: int, orden: int | None) -> Image.Image:
    """El papel, la cabecera con la marca y el toldo, que se dibuja al triple y se achica para suavizar el festón."""
    techo, cenefa = TECHOS[componente]
    imagen = Image.new("RGB", (ANCHO, ALTO), PAPEL)
    toldo = Image.new("RGB", (ANCHO * SUAVIZADO, 76 * SUAVIZADO), PAPEL)
    lapiz = ImageDraw.Draw(toldo)
    for i in range(FRANJAS):
        color = REALCE if i + 1 == orden else (techo, cenefa)[i % 2]
        x, lado, alto = i * ANCHO_FRANJA * SUAVIZADO, ANCHO_FRANJA * SUAVIZADO, 40 * SUAVIZADO
        lapiz.rectangle((x, 0, x + lado - 1, alto), fill=color)
        lapiz.pieslice((x, alto - 34 * SUAVIZADO, x + lado - 1, alto + 34 * SUAVIZADO), 0, 180, fill=color)
    imagen.paste(toldo.resize((ANCHO, 76), Image.Resampling.LANCZOS), (0, ALTO_TECHO))
    lapiz = ImageDraw.Draw(imagen)
    lapiz.rectangle((0, 0, ANCHO, ALTO_TECHO - 1), fill=techo)
    _marca(lapiz)
    return imagen


def _marca(lapiz: Lapiz) -> None:
    x, y = MARGEN, 18
    for caja in ((1, 0, 47, 6), (4, 28, 8, 46), (40, 28, 44, 46), (4, 34, 44, 38)):
        lapiz.rectangle((x + caja[0], y + caja[1], x + caja[2], y + caja[3]), fill=HOJA)
    for i in range(4):
        color = REALCE if i % 2 == 0 else HOJA
        lapiz.rounded_rectangle((x + i * 12, y + 5, x + i * 12 + 11, y + 20), 5, fill=color)
    lapiz.text((x + 66, y + 22), "Ferias y Redes", HOJA, fuente(38), anchor="lm", stroke_width=1, stroke_fill=HOJA)


def _rotulos(lapiz: Lapiz, lamina: Lamina) -> int:
    """Lo que cambió, si algo cambió, y qué es. Devuelve dónde empieza el título."""
    y, x = 188, MARGEN
    if lamina.cambio:
        x = _etiqueta(lapiz, x, y, *lamina.cambio) + 24
    lapiz.text((x, y + 26), escribible(lamina.rotulo), TINTA_2, fuente(32), anchor="lm")
    return y + 74


def _etiqueta(lapiz: Lapiz, x: int, y: int, palabra: str, clase: str) -> int:
    tinta, fondo = ETIQUETAS.get(clase, ETIQUETAS["evaluacion"])
    letra = fuente(36)
    fin = x + 48 + round(letra.getlength(palabra))
    lapiz.rounded_rectangle((x, y, fin, y + 54), 27, fill=fondo, outline=tinta, width=3)
    lapiz.text((x + 24, y + 27), palabra, tinta, letra, anchor="lm", stroke_width=1, stroke_fill=tinta)
    return fin


def _demostracion(lapiz: Lapiz) -> None:
    """La marca de lo inventado, con su borde cortado, en la cabecera: ahí no tapa ni un nombre largo."""
    letra = fuente(26)
    arriba, abajo, fin = 20, 64, ANCHO - MARGEN
    inicio = fin - round(letra.getlength("DEMOSTRACIÓN")) - 32
    for x in range(inicio, fin, 14):
        for alto in (arriba, abajo):
            lapiz.line((x, alto, min(x + 8, fin), alto), HOJA, 2)
    for y in range(arriba, abajo, 14):
        for lado in (inicio, fin):
            lapiz.line((lado, y, lado, min(y + 8, abajo)), HOJA, 2)
    lapiz.text((inicio + 16, 43), "DEMOSTRACIÓN", HOJA, letra, anchor="lm")


def _titulo(lapiz: Lapiz, titulo: str, y: int) -> None:
    """En el tamaño mayor que quepa en el alto que hay; un nombre larguísimo se corta con puntos suspensivos."""
    for tamano in TAMANOS_TITULO:
        renglones = partir(escribible(titulo), fuente(tamano), ANCHO - 2 * MARGEN)
        if len(renglones) <= RENGLONES_TITULO and len(renglones) * tamano * 1.14 <= 196:
            break
    else:
        renglones = [*renglones[:3], f"{renglones[3]}…"] if len(renglones) > 4 else renglones
    for i, renglon in enumerate(renglones[:4]):
        lugar = (MARGEN, y + round(i * tamano * 1.14))
        lapiz.text(lugar, renglon, TINTA, fuente(tamano), stroke_width=1, stroke_fill=TINTA)


def _renglon(lapiz: Lapiz, texto: str, y: int, tamanos: tuple[int, ...], color: str) -> None:
    texto = escribible(texto)
    tamano = next((t for t in tamanos if fuente(t).getlength(texto) <= ANCHO - 2 * MARGEN), tamanos[-1])
    lapiz.text((MARGEN, y), texto, color, fuente(tamano))


def partir(texto: str, letra: Fuente, ancho: int) -> list[str]:
    """El texto en renglones que caben, sin cortar palabras."""
    renglones: list[str] = []
    for palabra in texto.split():
        junto = f"{renglones[-1]} {palabra}" if renglones else palabra
        if renglones and letra.getlength(junto) <= ancho:
            renglones[-1] = junto
        else:
            renglones.append(palabra)
    return renglones


@cache
def _letra() -> tuple[bytes, frozenset[int]]:
    """La letra del portal, de formato de página a formato de dibujo, y qué signos tiene."""
    with TTFont(LETRA) as letra:
        letra.flavor = None
        letra.recalcTimestamp = False
        salida = io.BytesIO()
        letra.save(salida)
        return salida.getvalue(), frozenset(letra.getBestCmap())


@cache
def fuente(tamano: int) -> Fuente:
    return ImageFont.truetype(io.BytesIO(_letra()[0]), tamano, layout_engine=ImageFont.Layout.BASIC)


@cache
def escribible(texto: str) -> str:
    """El texto con signos que la letra tiene: los demás se cambian por el más parecido o se omiten."""
    tiene = _letra()[1]
    parecidos = {"’": "'", "‘": "'", "×": "x", "\u00a0": " ", "‑": "-"}
    salida = []
    for signo in unicodedata.normalize("NFC", texto):
        posibles = (signo, parecidos.get(signo, ""), unicodedata.normalize("NFKD", signo)[:1])
        salida.append(next((p for p in posibles if p and ord(p) in tiene), ""))
    return "".join(salida)
