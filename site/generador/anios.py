"""Un año del programa: qué se hizo, qué se midió y cuánto se previó, para que lo antiguo se siga leyendo."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from generador.cifras import Cifras
from generador.cifras import cifras as cifras_de
from generador.ficha_convocatoria import FichaConvocatoria
from generador.ficha_evento import FichaEvento
from generador.fichas import Fichas
from generador.filtros import dia_en_chile
from generador.mapa import Tesela
from generador.paquetes import Fila
from generador.serie import Serie
from generador.series import de_regiones

PREVISTO = ("poblacion", "produccion", "presupuesto", "cobertura")


@dataclass(frozen=True)
class Anio:
    """Lo publicado de un año. `tiempo` es «pasado», «en_curso» o «por_venir» el día de la publicación."""

    numero: int
    tiempo: str
    convocatorias: tuple[FichaConvocatoria, ...]
    eventos: tuple[FichaEvento, ...]
    medicion: Fila | None
    meta: Decimal | None
    teselas: tuple[Tesela, ...]
    regiones: Serie | None
    meta_del_mapa: Decimal | None
    previsto: tuple[Fila, ...]

    @property
    def ruta(self) -> str:
        return _ruta(self.numero)


def anios(fichas: Fichas, cifras: Cifras) -> tuple[Anio, ...]:
    """Todos los años con algo publicado, del más nuevo al más antiguo."""
    numeros = {c.actividad_inicio.year for c in fichas.convocatorias} | {m["anio"] for m in cifras.mediciones}
    numeros |= {f["anio"] for tabla in PREVISTO for f in cifras.tablas[tabla]}
    return tuple(_anio(numero, fichas, cifras) for numero in sorted(numeros, reverse=True))


def escribir_series_anuales(fichas: Fichas, portal: Path) -> None:
    """El CSV del mapa de cada año que lo tiene, junto a su página."""
    for anio in anios(fichas, cifras_de(fichas)):
        if anio.regiones:
            (portal / anio.regiones.ruta.lstrip("/")).write_text(anio.regiones.csv(), encoding="utf-8")


def _ruta(numero: int) -> str:
    return f"/anios/{numero}/"


def _anio(numero: int, fichas: Fichas, cifras: Cifras) -> Anio:
    regionales = [m for m in cifras.mediciones if m["anio"] == numero and m["region"] != "todas"]
    return Anio(
        numero,
        _tiempo(numero, dia_en_chile(fichas.ahora).year),
        tuple(c for c in fichas.convocatorias if c.actividad_inicio.year == numero),
        tuple(e for e in fichas.eventos if dia_en_chile(e.inicio).year == numero),
        next((m for m in cifras.anuales if m["anio"] == numero), None),
        cifras.metas.get(numero),
        tuple(cifras.mapa_de(numero)) if regionales else (),
        de_regiones(fichas.regiones, regionales, numero, cifras.meta_de(numero), _ruta(numero)) if regionales else None,
        cifras.meta_de(numero),
        tuple(f for tabla in PREVISTO for f in cifras.tablas[tabla] if f["anio"] == numero),
    )


def _tiempo(numero: int, este: int) -> str:
    if numero == este:
        return "en_curso"
    return "pasado" if numero < este else "por_venir"
