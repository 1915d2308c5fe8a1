"""Las fotos del catálogo: cada original se achica una vez a AVIF y WebP, sin datos ocultos, y se guarda por huella."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

ANCHOS = (320, 640, 960)
# Un hilo por imagen: el mismo original da los mismos bytes en cualquier máquina.
FORMATOS = {
    "avif": {"quality": 55, "speed": 8, "max_threads": 1},
    "webp": {"quality": 72, "method": 4},
}
TECHO_PIXELES = 50_000_000


@dataclass(frozen=True)
class Foto:
    """Una foto publicada. `clave`: huella del original y de cómo se achica. `ancho` y `alto`: los de la más grande."""

    clave: str
    ancho: int
    alto: int

    @cached_property
    def anchos(self) -> tuple[int, ...]:
        return (*(a for a in ANCHOS if a < self.ancho), self.ancho)

    @property
    def archivos(self) -> list[str]:
        return [f"{self.clave}-{ancho}.{formato}" for formato in FORMATOS for ancho in self.anchos]

    def srcset(self, formato: str) -> str:
        return ", ".join(f"/fotos/{self.clave}-{a}.{formato} {a}w" for a in self.anchos)

    @property
    def direccion(self) -> str:
        """La que ve quien no elige entre tamaños: WebP mediana, o la única si es chica."""
        return f"/fotos/{self.clave}-{self.anchos[min(1, len(self.anchos) - 1)]}.webp"


class Fotos:
    """Las fotos que usa una construcción; lo ya achicado se guarda en la obra y no se vuelve a hacer."""

    def __init__(self, obra: Path) -> None:
        self._hechas = obra / "fotos"
        self._usadas: dict[str, tuple[Foto, Path]] = {}
        self._vistas: dict[Path, Foto] = {}

    def de(self, original: Path) -> Foto:
        """La foto de ese archivo, con su tamaño; achicarla queda para `escribir`. OSError si no es una imagen."""
        if original not in self._vistas:
            foto = _medir(original)
            self._vistas[original] = foto
            self._usadas[foto.clave] = (foto, original)
        return self._vistas[original]

    def escribir(self, destino: Path) -> None:
        """Achica lo que falta, deja las usadas en `destino` y borra de la obra las que ya nadie usa."""
        self._hechas.mkdir(parents=True, exist_ok=True)
        listas = {a.name for a in self._hechas.iterdir()}
        faltan = [par for par in self._usadas.values() if not listas.issuperset(par[0].archivos)]
        with ThreadPoolExecutor(os.cpu_count()) as hilos:
            list(hilos.map(lambda par: achicar(par[1], par[0], self._hechas), faltan))
        usados = [archivo for foto, _ in self._usadas.values() for archivo in foto.archivos]
        for sobra in listas.difference(usados):
            (self._hechas / sobra).unlink(missing_ok=True)
        _enlazar(self._hechas, usados, destino)


def achicar(original: Path, foto: Foto, carpeta: Path) -> None:
    """Escribe cada tamaño en cada formato: derecha, en sRGB, sin EXIF ni ubicación."""
    with Image.open(original) as abierta:
        entera = _en_srgb(ImageOps.exif_transpose(abierta))
    for ancho in foto.anchos:
        chica = entera.resize((ancho, round(foto.alto * ancho / foto.ancho)), Image.Resampling.LANCZOS, reducing_gap=3)
        for formato, opciones in FORMATOS.items():
            archivo = carpeta / f"{foto.clave}-{ancho}.{formato}"
            provisorio = archivo.with_suffix(f".{formato}.{os.getpid()}")
            chica.save(provisorio, format=formato.upper(), **opciones)
            provisorio.replace(archivo)


def _medir(original: Path) -> Foto:
    contenido = original.read_bytes()
    receta = repr((ANCHOS, FORMATOS)).encode()
    with Image.open(io.BytesIO(contenido)) as imagen:
        ancho, alto = imagen.size
        # Del 5 al 8 el teléfono guardó la foto de lado.
        if imagen.getexif().get(0x0112, 1) >= 5:
            ancho, alto = alto, ancho
    mayor = min(ancho, ANCHOS[-1])
    return Foto(hashlib.sha256(receta + contenido).hexdigest()[:16], mayor, max(1, round(alto * mayor / ancho)))


def _en_srgb(imagen: Image.Image) -> Image.Image:
    """Los colores que muestra cualquier pantalla; si el perfil de la cámara no se entiende, como vienen."""
    perfil = imagen.info.get("icc_profile")
    plana = _sobre_blanco(imagen)
    if perfil and imagen.mode == "RGB":
        try:
            convertida = ImageCms.profileToProfile(plana, io.BytesIO(perfil), ImageCms.createProfile("sRGB"))
        except ImageCms.PyCMSError:
            convertida = None
        plana = convertida or plana
    limpia = Image.new("RGB", plana.size)
    limpia.paste(plana)
    return limpia


def _sobre_blanco(imagen: Image.Image) -> Image.Image:
    if not imagen.has_transparency_data:
        return imagen.convert("RGB")
    con_alfa = imagen.convert("RGBA")
    fondo = Image.new("RGBA", con_alfa.size, "white")
    return Image.alpha_composite(fondo, con_alfa).convert("RGB")


def _enlazar(origen: Path, archivos: Iterable[str], destino: Path) -> None:
    """El mismo archivo con otro nombre, sin copiar sus bytes; si el disco no sabe, se copia."""
    destino.mkdir(parents=True, exist_ok=True)
    for archivo in archivos:
        try:
            os.link(origen / archivo, destino / archivo)
        except OSError:
            shutil.copyfile(origen / archivo, destino / archivo)
