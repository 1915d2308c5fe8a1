"""Fechas, plata y números como se escriben en Chile, para las plantillas del portal."""

from datetime import UTC, date, datetime
from decimal import Decimal

from funciones.dominio.plazo import CHILE

DIAS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
MESES = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
# Las cantidades chicas se escriben con palabras, como en el resto del texto.
PALABRAS = ("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez")


def dia_en_chile(momento: date | datetime) -> date:
    """El día del calendario chileno: las 21:00 de un sábado son domingo en UTC, pero aquí siguen siendo sábado."""
    return momento.astimezone(CHILE).date() if isinstance(momento, datetime) else momento


def fecha(cuando: date | datetime) -> str:
    """`lunes 7 de diciembre de 2026`."""
    dia = dia_en_chile(cuando)
    return f"{DIAS[dia.weekday()]} {fecha_corta(dia)}"


def fecha_corta(cuando: date | datetime) -> str:
    """`7 de diciembre de 2026`."""
    dia = dia_en_chile(cuando)
    return f"{dia.day} de {MESES[dia.month - 1]} de {dia.year}"


def dia_y_mes(dia: date) -> str:
    """`7 dic`, para los dibujos."""
    return f"{dia.day} {MESES[dia.month - 1][:3]}"


def hora(momento: datetime) -> str:
    """`15:00`, hora de Chile continental."""
    local = momento.astimezone(CHILE)
    return f"{local.hour}:{local.minute:02}"


def fecha_hora(momento: datetime) -> str:
    """`lunes 7 de diciembre de 2026 a las 15:00`."""
    return f"{fecha(momento)} a las {hora(momento)}"


def rango(primero: date | datetime, ultimo: date | datetime) -> str:
    """`15 al 17 de enero de 2027`, sin repetir lo que comparten las dos fechas."""
    desde, hasta = dia_en_chile(primero), dia_en_chile(ultimo)
    if desde == hasta:
        return fecha_corta(desde)
    if (desde.year, desde.month) == (hasta.year, hasta.month):
        return f"{desde.day} al {fecha_corta(hasta)}"
    if desde.year == hasta.year:
        return f"{desde.day} de {MESES[desde.month - 1]} al {fecha_corta(hasta)}"
    return f"{fecha_corta(desde)} al {fecha_corta(hasta)}"


def iso(momento: date | datetime) -> str:
    """El valor para `datetime=` y para los guiones, en UTC si lleva hora."""
    if isinstance(momento, datetime):
        return momento.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return momento.isoformat()


def numero(valor: int | Decimal, decimales: int | None = None) -> str:
    """`343.273` o `70,00`: punto en los miles y coma en los decimales. Sin `decimales`, los que trae el dato."""
    texto = f"{valor:,}" if decimales is None else f"{Decimal(valor):,.{decimales}f}"
    return texto.replace(",", "_").replace(".", ",").replace("_", ".")


def plata(pesos: int) -> str:
    """`$18.000`."""
    return f"${numero(pesos)}"


def millones(pesos: int | Decimal) -> str:
    """`$95,3 millones`."""
    return f"${numero(Decimal(pesos) / 1_000_000, 1)} millones"


def palabra(cuantos: int) -> str:
    """`tres`; sobre diez, en cifras."""
    return PALABRAS[cuantos] if 0 <= cuantos < len(PALABRAS) else numero(cuantos)


def minuscula(texto: str) -> str:
    """La primera letra en minúscula, para seguir una frase."""
    return texto[:1].lower() + texto[1:]


FILTROS = {
    f.__name__: f
    for f in (
        fecha,
        fecha_corta,
        dia_y_mes,
        hora,
        fecha_hora,
        rango,
        iso,
        numero,
        plata,
        millones,
        palabra,
        minuscula,
    )
}
