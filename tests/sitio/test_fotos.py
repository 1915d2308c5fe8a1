"""Las fotos del catálogo: se achican igual siempre, sin datos ocultos, y lo que no sirve se dice."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from generador.examen_de_foto import TECHO_BYTES, examinar
from generador.fotos import Fotos

UBICACION, ORIENTACION = 0x8825, 0x0112


def pintar(ruta: Path, ancho: int = 800, alto: int = 600, **opciones: object) -> Path:
    imagen = Image.linear_gradient("L").resize((ancho, alto)).convert("RGB")
    imagen.save(ruta, **opciones)  # type: ignore[arg-type]
    return ruta


def con_exif(ubicada: bool = False, girada: bool = False) -> Image.Exif:
    exif = Image.Exif()
    if ubicada:
        exif.get_ifd(UBICACION)[2] = (33.0, 27.0, 0.0)
    if girada:
        exif[ORIENTACION] = 6
    return exif


def publicar(carpeta: Path, original: Path) -> dict[str, bytes]:
    fotos = Fotos(carpeta / "obra")
    fotos.de(original)
    fotos.escribir(carpeta / "portal")
    return {a.name: a.read_bytes() for a in sorted((carpeta / "portal").iterdir())}


def test_cada_foto_sale_en_dos_formatos_y_nunca_mas_grande_que_la_original(tmp_path: Path) -> None:
    publicadas = publicar(tmp_path, pintar(tmp_path / "a.jpg", 700, 525))
    medidas = {n.partition("-")[2]: Image.open(io.BytesIO(b)).size for n, b in publicadas.items()}
    tamanos = {"320": (320, 240), "640": (640, 480), "700": (700, 525)}
    assert medidas == {f"{a}.{f}": tamano for a, tamano in tamanos.items() for f in ("avif", "webp")}


def test_la_misma_foto_da_los_mismos_bytes_en_otra_obra(tmp_path: Path) -> None:
    original = pintar(tmp_path / "a.jpg", 400, 400)
    assert publicar(tmp_path / "una", original) == publicar(tmp_path / "otra", original)


def test_la_foto_publicada_no_lleva_ubicacion_y_queda_derecha(tmp_path: Path) -> None:
    perfil = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    original = pintar(tmp_path / "a.jpg", 800, 600, exif=con_exif(ubicada=True, girada=True), icc_profile=perfil)
    for contenido in publicar(tmp_path, original).values():
        imagen = Image.open(io.BytesIO(contenido))
        assert not dict(imagen.getexif())
        assert "icc_profile" not in imagen.info
        # Lo oscuro, que en el archivo está arriba, queda a la derecha, como se tomó.
        grises, medio = imagen.convert("L"), imagen.height // 2
        assert grises.getpixel((5, medio)) > 200 > 60 > grises.getpixel((imagen.width - 5, medio))
    foto = Fotos(tmp_path).de(original)
    assert (foto.ancho, foto.alto) == (600, 800)


def test_lo_achicado_no_se_repite_y_lo_que_nadie_usa_se_borra_de_la_obra(tmp_path: Path) -> None:
    una, otra = pintar(tmp_path / "a.jpg", 400, 300), pintar(tmp_path / "b.jpg", 400, 310)
    primeras = publicar(tmp_path, una)
    fechas = {a.name: a.stat().st_mtime_ns for a in (tmp_path / "obra" / "fotos").iterdir()}
    fotos = Fotos(tmp_path / "obra")
    fotos.de(una)
    fotos.escribir(tmp_path / "segundo")
    assert {a.name: a.stat().st_mtime_ns for a in (tmp_path / "obra" / "fotos").iterdir()} == fechas
    publicar(tmp_path, otra)
    assert not {a.name for a in (tmp_path / "obra" / "fotos").iterdir()} & set(primeras)


def test_una_foto_transparente_se_publica_sobre_blanco(tmp_path: Path) -> None:
    Image.new("RGBA", (400, 400), (0, 0, 0, 0)).save(tmp_path / "a.png")
    webp = next(b for n, b in publicar(tmp_path, tmp_path / "a.png").items() if n.endswith("webp"))
    assert min(Image.open(io.BytesIO(webp)).convert("L").getextrema()) > 250


def danada(ruta: Path) -> None:
    entera = pintar(ruta).read_bytes()
    ruta.write_bytes(entera[: len(entera) // 2])


def pesada(ruta: Path) -> None:
    ruta.write_bytes(pintar(ruta).read_bytes() + b"\0" * TECHO_BYTES)


@pytest.mark.parametrize(
    ("hacer", "dice"),
    [
        (lambda r: pintar(r), ""),
        (lambda r: r.write_text("hola", encoding="utf-8"), "el archivo no es una foto JPG ni PNG"),
        (danada, "la foto está dañada o llegó a medias"),
        (pesada, "la foto pesa 7,0 MB y el tope es 7"),
        (lambda r: pintar(r, 900, 200), "la foto mide 900 × 200 píxeles"),
        (lambda r: pintar(r, exif=con_exif(ubicada=True)), "la foto guarda la ubicación donde se tomó"),
        (lambda r: pintar(r, 9000, 6000), "la foto tiene más de 50 millones de píxeles"),
    ],
)
def test_de_cada_foto_se_dice_que_esta_mal(tmp_path: Path, hacer: object, dice: str) -> None:
    hacer(tmp_path / "foto.jpg")  # type: ignore[operator]
    assert [que for que, _ in examinar(tmp_path / "foto.jpg")] == ([dice] if dice else [])
