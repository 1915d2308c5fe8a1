"""La ruta de una postulación en pasos: los que ya pasaron, con su fecha; el de ahora; y los que vienen si sigue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from funciones.dominio.convocatoria import Convocatoria, ModoSeleccion
from funciones.dominio.fechas import fecha_larga, rango
from funciones.dominio.postulacion import Estado, Transicion
from funciones.tramite.vista import PASO_DE_LA_RUTA, TERMINADAS

TITULOS: Mapping[int, str] = {
    1: "Te enteraste",
    2: "Postulaste",
    3: "Revisamos tus requisitos",
    4: "Ponemos nota",
    5: "Te avisamos",
    6: "Participas",
    7: "Cuentas cómo te fue",
}
PONER_NOTA = 4
# Con qué estado quedó hecho cada paso.
_LO_CIERRAN: Mapping[int, frozenset[Estado]] = {
    2: frozenset({Estado.POR_CONFIRMAR}),
    3: frozenset({Estado.ADMISIBLE, Estado.NO_ADMISIBLE, Estado.DESISTIDA}),
    4: frozenset({Estado.EVALUADA}),
    5: frozenset({Estado.SELECCIONADA, Estado.LISTA_DE_ESPERA, Estado.NO_SELECCIONADA}),
    7: frozenset({Estado.EGRESADA}),
}
# Pedir otra revisión o retirarse no mueve de paso: la ruta se queda donde estaba.
_NO_MUEVEN = frozenset({Estado.RECURRIDA, Estado.RECURSO_RECHAZADO, Estado.RETIRADA})
# Mientras está aquí, su paso sigue por hacerse, aunque ya se hubiera hecho antes.
_POR_HACER = frozenset({Estado.RECIBIDA, Estado.EN_CORRECCION, Estado.RETENIDA, Estado.ADMISIBLE})


def de(transiciones: tuple[Transicion, ...], convocatoria: Convocatoria, oficina: str) -> dict[str, object]:
    """`paso` de `pasos_total`, y `pasos`: título y detalle de cada uno. La que terminó no promete los siguientes."""
    numeros = [n for n in TITULOS if n != PONER_NOTA or convocatoria.modo_seleccion is ModoSeleccion.PUNTAJE]
    paso = sum(n <= _paso_de(_donde(transiciones), numeros) for n in numeros)
    recorridos = numeros[:paso] if transiciones[-1].a in TERMINADAS else numeros
    textos = [_detalle(n, transiciones, convocatoria, oficina) for n in recorridos]
    if transiciones[-1].a is Estado.RETIRADA and _cuando(recorridos[-1], transiciones) is None:
        textos[-1] = ""  # Se retiró antes: lo que venía ya no va a pasar.
    return {
        "paso": paso,
        "pasos_total": len(numeros),
        "pasos": [(TITULOS[n], texto) for n, texto in zip(recorridos, textos, strict=True)],
    }


def _donde(transiciones: tuple[Transicion, ...]) -> Estado:
    return next(t.a for t in reversed(transiciones) if t.a not in _NO_MUEVEN)


def _paso_de(estado: Estado, numeros: list[int]) -> int:
    """Sin pauta, quien ya cumple los requisitos espera el aviso."""
    paso = PASO_DE_LA_RUTA[estado]
    return paso if paso in numeros else paso + 1


def _detalle(numero: int, transiciones: tuple[Transicion, ...], convocatoria: Convocatoria, oficina: str) -> str:
    cuando = _cuando(numero, transiciones)
    if cuando is not None:
        return f"El {fecha_larga(cuando)}."
    return {
        1: f"La convocatoria se publicó el {fecha_larga(convocatoria.publicacion)}.",
        2: "",
        3: f"Lo hace una persona de la {oficina}.",
        4: "Con la pauta de la convocatoria.",
        5: f"El {fecha_larga(convocatoria.resultados)}.",
        6: _dias_de_actividad(convocatoria),
        7: f"Encuesta hasta el {fecha_larga(convocatoria.encuesta_cierre)}.",
    }[numero]


def _cuando(numero: int, transiciones: tuple[Transicion, ...]) -> datetime | None:
    """La última vez que se hizo ese paso; None si no se ha hecho, o si se volvió atrás después de hacerlo."""
    for transicion in reversed(transiciones):
        if transicion.a in _LO_CIERRAN.get(numero, frozenset()) and transicion.de is not transicion.a:
            return transicion.cuando
        paso = PASO_DE_LA_RUTA[transicion.a]
        if transicion.a not in _NO_MUEVEN and (paso < numero or (paso == numero and transicion.a in _POR_HACER)):
            return None
    return None


def _dias_de_actividad(convocatoria: Convocatoria) -> str:
    texto = rango(convocatoria.actividad_inicio, convocatoria.actividad_termino)
    return f"Del {texto}." if " al " in texto else f"El {texto}."
