"""Lo que dicen las empresas en la encuesta de un año: la nota, qué cambió, y el resultado según quién postula."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from generador.barras import Barras, barras
from generador.cifras import cifras
from generador.fichas import Fichas
from generador.paquetes import Fila
from generador.serie import Serie
from generador.series_encuesta import CAMBIOS, DE_TRES_MANERAS, de_cambios, de_categorias, de_notas, de_tres_maneras

SEGUN = {
    "sexo": ("Según el sexo de quien postula", "Sexo"),
    "nivel_educacional": ("Según los estudios de quien postula", "Estudios"),
    "seccion": ("Según a qué se dedica la empresa", "Sector"),
}
CIEN, NOTA_MAYOR = Decimal(100), Decimal(7)


@dataclass(frozen=True)
class EncuestaPublicada:
    """Las cifras de la encuesta del último año con alguna, con la definición de cada una."""

    anio: int
    mediciones: list[Fila]
    fichas: dict[str, Fila]
    meta: Decimal | None
    nombres: dict[str, dict[str, str]]

    @property
    def demostracion(self) -> bool:
        return any(m["demostracion"] for m in self.mediciones)

    @cached_property
    def tres_maneras(self) -> Barras:
        return barras(de_tres_maneras(self.mediciones), CIEN)

    @cached_property
    def notas(self) -> Barras:
        return barras(de_notas(self.mediciones), NOTA_MAYOR)

    @cached_property
    def cambios(self) -> Barras:
        return barras(de_cambios(self.mediciones), CIEN)

    @cached_property
    def categorias(self) -> tuple[Barras, ...]:
        """El indicador oficial por sexo, nivel de estudios y sector; solo lo que se midió."""
        series = (
            de_categorias(que, titulo, encabezado, self.nombres[que], self.mediciones, self.meta)
            for que, (titulo, encabezado) in SEGUN.items()
        )
        return tuple(barras(serie, CIEN, self.meta) for serie in series if serie.datos)

    @property
    def series(self) -> tuple[Serie, ...]:
        """Las que tienen dibujo, en el orden de la página."""
        return tuple(b.serie for b in (self.tres_maneras, self.notas, self.cambios, *self.categorias) if b.serie.datos)

    @property
    def definiciones(self) -> tuple[Fila, ...]:
        """La ficha de cada indicador que se muestra."""
        return tuple(self.fichas[i] for i in (*DE_TRES_MANERAS, "satisfaccion", *CAMBIOS) if i in self.fichas)


def encuesta_publicada(fichas: Fichas) -> EncuestaPublicada | None:
    """La del último año con algo más que el total oficial; None si nunca se midió."""
    tablas = fichas.datos["indicadores"]
    anio = max((m["anio"] for m in tablas["mediciones"] if m["indicador"] != "acceso-vinculacion"), default=None)
    if anio is None:
        return None
    return EncuestaPublicada(
        anio,
        [m for m in tablas["mediciones"] if m["anio"] == anio],
        {f["indicador"]: f for f in tablas["fichas"]},
        cifras(fichas).metas.get(anio),
        _nombres(fichas),
    )


def _nombres(fichas: Fichas) -> dict[str, dict[str, str]]:
    preguntas = {p["clave"]: p for p in fichas.publicado.preguntas("postulacion")}
    de_pregunta = {
        clave: {o["valor"]: o["texto"] for o in preguntas.get(clave, {}).get("opciones", ())}
        for clave in ("sexo", "nivel_educacional")
    }
    secciones = fichas.datos["parametros"]["secciones"]
    return {**de_pregunta, "seccion": {s["seccion"]: s["nombre"] for s in secciones}}


def escribir_series_de_encuesta(fichas: Fichas, portal: Path) -> None:
    """Un CSV por gráfico, junto a su página."""
    publicada = encuesta_publicada(fichas)
    for serie in _series(publicada):
        (portal / serie.ruta.lstrip("/")).write_text(serie.csv(), encoding="utf-8")


def _series(publicada: EncuestaPublicada | None) -> Iterable[Serie]:
    return () if publicada is None else publicada.series
