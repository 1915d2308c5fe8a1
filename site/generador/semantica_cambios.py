"""Revisa lo que se anota al cambiar algo ya publicado: enmiendas de convocatorias y cambios de eventos."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from generador.cambio import VACIO
from generador.problemas import Problema
from generador.vista import Renglon, Vista

# Lo que cabe en «antes» y en «después»; de una celda más larga se anota el comienzo.
LARGO = 300


@dataclass(frozen=True)
class Anotaciones:
    """Una tabla de cambios: dónde está, de qué tabla habla, qué más se puede nombrar y cómo se le dice."""

    paquete: str
    tabla: str
    de: str
    columna: str
    enteras: tuple[str, ...]
    una: str
    la: str
    la_ficha: str
    escribe: str

    @property
    def archivo(self) -> str:
        return f"{self.tabla}.csv"


ENMIENDAS = Anotaciones(
    paquete="convocatorias",
    tabla="enmiendas",
    de="convocatorias",
    columna="convocatoria",
    enteras=(
        "bases",
        "documentos",
        "criterios",
        "descriptores",
        "reservas",
        "hitos",
        "preguntas_propias",
        "compromisos",
    ),
    una="la enmienda",
    la="la",
    la_ficha="la convocatoria",
    escribe="escribe su nombre o «bases»",
)
DE_EVENTOS = Anotaciones(
    paquete="eventos",
    tabla="cambios",
    de="eventos",
    columna="evento",
    enteras=("programa",),
    una="el cambio",
    la="el",
    la_ficha="el evento",
    escribe="escribe su nombre o «programa»",
)


def enmiendas(vista: Vista) -> Iterator[Problema]:
    yield from _revisar(vista, ENMIENDAS)


def cambios_de_eventos(vista: Vista) -> Iterator[Problema]:
    yield from _revisar(vista, DE_EVENTOS)


def eventos_que_cambiaron(vista: Vista) -> Iterator[Problema]:
    """Sin la fila que lo anota, el calendario de un teléfono no sabría que cambió (SEQUENCE, RFC 5545)."""
    anotados = {f["evento"] for f in vista.todas["eventos", "cambios"] if f["campo"] == "situacion"}
    for evento in vista.filas("eventos", "eventos"):
        if evento["situacion"] != "programado" and evento["id"] not in anotados:
            numero = 1 + sum(f["evento"] == evento["id"] for f in vista.todas["eventos", "cambios"])
            como = fila_nueva(DE_EVENTOS, evento, "situacion", "programado", numero)
            yield evento.mal("situacion", "falta anotar desde cuándo no está «programado»", como)


def fila_nueva(a: Anotaciones, ficha: Renglon, campo: str, antes: str, numero: int, dia: str = "AAAA-MM-DD") -> str:
    """Cómo se anota ese cambio: la fila tal como va en la tabla."""
    despues = "lo que dice ahora" if campo in a.enteras else ficha.textos[campo]
    celdas = (ficha["id"], str(numero), dia, campo, _celda(antes), _celda(despues), "por qué", "mayor")
    return f"agrega en {a.archivo} la fila «{','.join(celdas)}»"


def igual(celda: str, otra: str) -> bool:
    """Si dos celdas dicen lo mismo; la vacía se anota «sin dato», y de la que no cabe basta el comienzo."""
    return _recorte(celda) == _recorte(otra)


def _recorte(celda: str) -> str:
    return "" if celda == VACIO else celda[: LARGO - 1].rstrip("…")


def _celda(texto: str) -> str:
    """El texto como va en un CSV."""
    corto = texto if len(texto) <= LARGO else f"{texto[: LARGO - 1]}…"
    return f'"{corto.replace(chr(34), chr(34) * 2)}"' if {",", '"'} & set(corto) else corto or VACIO


def _revisar(vista: Vista, a: Anotaciones) -> Iterator[Problema]:
    columnas = vista.esquemas[a.paquete].recursos[a.de].campos
    for fila in vista.filas(a.paquete, a.tabla):
        if fila["campo"] not in a.enteras and fila["campo"] not in columnas:
            yield fila.mal("campo", f"«{fila['campo']}» no es una columna de {a.de}.csv", a.escribe)
        if fila["antes"] == fila["despues"]:
            yield fila.mal("despues", f"{a.una} no cambia nada", "escribe lo que dice ahora")
    if not vista.completa(a.paquete, a.tabla):
        return
    for nombre, desordenadas in vista.grupos(a.paquete, a.tabla, a.columna).items():
        propias = sorted(desordenadas, key=lambda e: e["numero"])
        yield from _numeradas(a, propias)
        yield from _en_cadena(a, propias)
        ficha = vista.uno(a.paquete, a.de, "id", nombre)
        if ficha:
            yield from _contra_la_ficha(a, ficha, propias)


def _numeradas(a: Anotaciones, propias: list[Renglon]) -> Iterator[Problema]:
    for esperado, fila in enumerate(propias, 1):
        if fila["numero"] != esperado:
            que = f"{a.una} es {a.la} {fila['numero']} y falta {a.la} {esperado}"
            yield fila.mal("numero", que, f"escribe {esperado}; se numeran 1, 2, 3… sin saltos")
            return
    for anterior, fila in pairwise(propias):
        if fila["fecha"] < anterior["fecha"]:
            que = (
                f"{a.la} {fila['numero']} es del {fila['fecha']} y {a.la} {anterior['numero']}, del {anterior['fecha']}"
            )
            yield fila.mal("fecha", que, "se anotan en el orden en que se publicaron: corrige la fecha o el número")


def _en_cadena(a: Anotaciones, propias: list[Renglon]) -> Iterator[Problema]:
    """Cada cambio de una columna parte de donde la dejó el anterior."""
    ultimas: dict[str, Renglon] = {}
    for fila in propias:
        anterior = ultimas.get(fila["campo"])
        if anterior and fila["campo"] not in a.enteras and not igual(fila["antes"], anterior["despues"]):
            que = f"dice «{fila['antes']}» y {a.la} {anterior['numero']} lo dejó en «{anterior['despues']}»"
            yield fila.mal("antes", que, f"escribe «{anterior['despues']}» o agrega el cambio que falta entre los dos")
        ultimas[fila["campo"]] = fila


def _contra_la_ficha(a: Anotaciones, ficha: Renglon, propias: list[Renglon]) -> Iterator[Problema]:
    publicacion = ficha.valores.get("publicacion")
    for fila in propias:
        if publicacion and fila["fecha"] < publicacion:
            que = f"es anterior a la publicación ({publicacion})"
            yield fila.mal("fecha", que, "antes de publicar no hay enmiendas: corrige la fecha o borra la fila")
    for campo, fila in {f["campo"]: f for f in propias}.items():
        actual = ficha.textos.get(campo) if campo not in a.enteras else None
        if actual is not None and not igual(fila["despues"], actual):
            que = f"dice «{fila['despues']}» y {a.la_ficha} dice «{actual or VACIO}»"
            yield fila.mal("despues", que, f"deja lo mismo en los dos; {a.la_ficha} está en la fila {ficha.fila}")
