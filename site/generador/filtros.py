"""Fechas, plata y números como se escriben en Chile, para las plantillas del portal."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from funciones.dominio import fechas
from funciones.dominio.fechas import MESES
from funciones.dominio.fechas import fecha_hora_larga as fecha_hora
from funciones.dominio.fechas import fecha_larga as fecha
from funciones.dominio.plazo import CHILE

# Las cantidades chicas se escriben con palabras, como en el resto del texto.
PALABRAS = ("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez")


def dia_en_chile(momento: date | datetime) -> date:
    """El día del calendario chileno: las 21:00 de un sábado son domingo en UTC, pero aquí siguen siendo sábado."""
    return momento.astimezone(CHILE).date() if isinstance(momento, datetime) else momento


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


def rango(primero: date | datetime, ultimo: date | datetime) -> str:
    """`15 al 17 de enero de 2027`, con los días de Chile."""
    return fechas.rango(dia_en_chile(primero), dia_en_chile(ultimo))


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


def enumerar(cosas: Sequence[str]) -> str:
    """`Los Ríos y Los Lagos`; `Arica, Talca e Iquique`; `Arica y Parinacota, y Tarapacá`."""
    if len(cosas) < 2:
        return "".join(cosas)
    y = "e" if cosas[-1].lower().startswith(("i", "hi")) else "y"
    coma = "," if any(" y " in cosa for cosa in cosas) else ""
    return f"{', '.join(cosas[:-1])}{coma} {y} {cosas[-1]}"


def en_json(valor: object) -> str:
    """El valor en una línea, para un atributo que lee un guion."""
    return json.dumps(valor, ensure_ascii=False, separators=(",", ":"))


FILTROS = {
    "decimal": Decimal,
    "en_json": en_json,
    "enumerar": enumerar,
    "fecha": fecha,
    "fecha_corta": fecha_corta,
    "fecha_hora": fecha_hora,
    "hora": hora,
    "iso": iso,
    "millones": millones,
    "minuscula": minuscula,
    "numero": numero,
    "palabra": palabra,
    "plata": plata,
    "rango": rango,
}
