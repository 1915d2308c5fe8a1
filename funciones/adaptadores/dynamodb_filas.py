"""Las filas de la tabla: sus llaves, sus índices y el paso de valores de Python a atributos de DynamoDB.

| fila                        | PK / SK                          | índice                                            |
|-----------------------------|----------------------------------|---------------------------------------------------|
| postulación, con el registro y el aviso con que nació | POST#folio / A | cola, desde que confirma su correo      |
| registro de un cambio, con su aviso | POST#folio / T#versión   | pendientes, hasta que el aviso se envía (también A) |
| RUT tomado                  | RUT#convocatoria#huella / A      |                                                   |
| puestos, con la cabeza del libro | CONV#convocatoria / CUPO    |                                                   |
| asiento del libro           | CONV#convocatoria / L#número     |                                                   |
| borrador                    | BORR#llave / A                   |                                                   |
| respuesta de encuesta       | ENC#id / R                       | cola                                              |
| participación anterior      | PART#huella / año, componente…   |                                                   |
| cuándo se cargaron participaciones | PARTICIPACIONES / A         |                                                   |
| rendiciones pendientes, repartidas por huella | REND#carga / dos letras |                                          |
| qué carga de rendiciones rige | RENDICIONES / A                |                                                   |
| hoja del cuaderno           | HOJA#clase#grupo / llave         |                                                   |
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

from funciones.adaptadores import registro
from funciones.adaptadores.llavero import Llavero
from funciones.dominio import libro
from funciones.dominio.admisibilidad import ParticipacionAnterior
from funciones.dominio.encuesta import Respuesta
from funciones.dominio.libro import Asiento
from funciones.dominio.postulacion import SIN_CONFIRMAR, VERSION_INICIAL, Aviso, Postulacion, Transicion

Fila = dict[str, Any]

# En cuántas partes se reparte cada índice, para que ninguna se caliente en la hora de apertura.
PARTES = 32
COLA, PENDIENTES = "cola", "pendientes"
POSTULACION = "A"
PARTICIPACIONES, RENDICIONES = "PARTICIPACIONES", "RENDICIONES"
CUPO, ASIENTO = "CUPO", "L#"
# Lo que comparte fila con una postulación y no es parte de ella.
_AJENOS = frozenset(
    {
        "PK",
        "SK",
        "BAND",
        "ORDEN",
        "PEND",
        "PEND_ORDEN",
        "expira",
        "transicion",
        "aviso",
        "arriendo",
        "enviado",
        "referencia",
    }
)
# Lo que una postulación puede no tener todavía.
OPCIONALES = ("turno", "puntaje", "oferta_vence")

_serializador, _deserializador = TypeSerializer(), TypeDeserializer()


def a_atributos(fila: Mapping[str, Any]) -> dict[str, Any]:
    """Valores → atributos; lo que es None no se escribe."""
    return {nombre: _serializador.serialize(valor) for nombre, valor in fila.items() if valor is not None}


def de_atributos(atributos: Mapping[str, Any]) -> Fila:
    """Atributos → valores; los números llegan como Decimal."""
    return {nombre: _deserializador.deserialize(valor) for nombre, valor in atributos.items()}


def llave(pk: str, sk: str = POSTULACION) -> dict[str, Any]:
    """La llave de una fila, lista para la petición."""
    return a_atributos({"PK": pk, "SK": sk})


def pk_postulacion(folio: str) -> str:
    """Todo lo de una postulación vive junto."""
    return f"POST#{folio}"


def pk_rut(postulacion: Postulacion) -> str:
    """El RUT en su convocatoria, siempre como huella."""
    return f"RUT#{postulacion.convocatoria}#{postulacion.huella_rut}"


def sk_registro(version: int) -> str:
    """Dónde está el registro de esa versión: el de la primera, dentro de la postulación."""
    return POSTULACION if version == VERSION_INICIAL else f"T#{version:06}"


def version_de_sk(sk: str) -> int:
    """Lo contrario de `sk_registro`."""
    return VERSION_INICIAL if sk == POSTULACION else int(sk.removeprefix("T#"))


def folio_de_pk(pk: str) -> str:
    """Lo contrario de `pk_postulacion`."""
    return pk.removeprefix("POST#")


def llave_del_aviso(id_aviso: str) -> dict[str, Any]:
    """`K7M4PR9X.seleccionada.5` → la fila del registro con que nació."""
    folio, _, version = id_aviso.split(".")
    return llave(pk_postulacion(folio), sk_registro(int(version)))


def parte(texto: str) -> str:
    """En qué parte del índice cae: siempre la misma para el mismo texto."""
    return f"{crc32(texto.encode()) % PARTES:02}"


def fila_postulacion(p: Postulacion, llavero: Llavero, sin_confirmar: timedelta) -> Fila:
    """La postulación con sus llaves; entra a la cola con su turno, y expira mientras no confirme su correo."""
    fila = {
        **registro.postulacion_a_registro(p, llavero),
        "PK": pk_postulacion(p.folio),
        "SK": POSTULACION,
        "BAND": None,
        "ORDEN": None,
        "expira": _expira(p, sin_confirmar),
    }
    if p.turno is not None:
        fila["BAND"] = f"BAND#{p.convocatoria}#{parte(p.folio)}"
        fila["ORDEN"] = f"{registro.milisegundos(p.turno):015}#{p.folio}"
    return fila


def _expira(p: Postulacion, sin_confirmar: timedelta) -> int | None:
    return segundos(p.llego + sin_confirmar) if p.estado in SIN_CONFIRMAR else None


def segundos(instante: datetime) -> int:
    """La unidad del atributo `expira`, hacia arriba."""
    return -(-registro.milisegundos(instante) // 1000)


def postulacion_de_fila(fila: Fila, llavero: Llavero) -> Postulacion:
    """Lo contrario de `fila_postulacion`."""
    return registro.postulacion_de_registro({**dict.fromkeys(OPCIONALES), **fila}, llavero)


def desacuerdos(p: Postulacion, fila: Mapping[str, Any], llavero: Llavero) -> tuple[str, ...]:
    """Qué atributos de los que la ponen en la cola o la hacen expirar no calzan con la postulación."""
    debida = fila_postulacion(p, llavero, timedelta())
    distintos = [atributo for atributo in ("BAND", "ORDEN") if fila.get(atributo) != debida[atributo]]
    if "expira" in fila and p.estado not in SIN_CONFIRMAR:
        distintos.append("expira")
    return tuple(distintos)


def huella_de_la_postulacion(fila: Mapping[str, Any]) -> str:
    """La huella de la postulación tal como está, o va a quedar, en su fila: sin lo que solo la comparte con ella."""
    propios = {campo: valor for campo, valor in fila.items() if campo not in _AJENOS and valor is not None}
    return libro.huella(registro.canonico(propios))


def huella_de_la_transicion(fila: Mapping[str, Any]) -> str:
    """La huella del registro que lleva esa fila."""
    return libro.huella(registro.canonico(fila["transicion"]))


def pk_convocatoria(convocatoria: str) -> str:
    """Los puestos y el libro de una convocatoria viven juntos."""
    return f"CONV#{convocatoria}"


def fila_asiento(asiento: Asiento) -> Fila:
    """Un asiento del libro, con los bytes de los que sale su huella."""
    return {
        "PK": pk_convocatoria(asiento.convocatoria),
        "SK": f"{ASIENTO}{asiento.numero:09}",
        "numero": asiento.numero,
        "texto": asiento.texto,
        "huella": asiento.cabeza.huella,
    }


def registro_y_aviso(transicion: Transicion, aviso: Aviso | None, llavero: Llavero) -> Fila:
    """Los atributos que lleva la fila donde queda escrito un cambio, o el nacimiento."""
    fila: Fila = {"transicion": registro.transicion_a_registro(transicion, llavero)}
    if aviso is not None:
        fila["aviso"] = registro.aviso_a_registro(aviso)
        fila["PEND"] = f"PEND#{parte(aviso.folio)}"
        fila["PEND_ORDEN"] = f"{registro.milisegundos(aviso.creado):015}#{aviso.id}"
    return fila


def fila_registro(
    p: Postulacion, transicion: Transicion, aviso: Aviso | None, llavero: Llavero, sin_confirmar: timedelta
) -> Fila:
    """El registro de un cambio posterior al nacimiento; se va con la postulación si esta expira."""
    return {
        **registro_y_aviso(transicion, aviso, llavero),
        "PK": pk_postulacion(p.folio),
        "SK": sk_registro(transicion.version),
        "expira": _expira(p, sin_confirmar),
    }


def aviso_de_fila(fila: Fila) -> Aviso:
    """El aviso, con lo que pasó después de nacer."""
    envio = {"enviado": fila.get("enviado"), "referencia": fila.get("referencia", "")}
    return registro.aviso_de_registro({**fila["aviso"], **envio})


def fila_respuesta(r: Respuesta, llavero: Llavero) -> Fila:
    """La respuesta de encuesta con sus llaves; en la cola, bajo su año."""
    return {
        **registro.respuesta_a_registro(r, llavero),
        "PK": f"ENC#{r.id}",
        "SK": "R",
        "BAND": f"ENC#{r.anio}#{parte(r.id)}",
        "ORDEN": r.id,
    }


def pk_participaciones(huella_rut: str) -> str:
    """Dónde están las participaciones anteriores de un RUT, siempre bajo su huella."""
    return f"PART#{huella_rut}"


def pk_rendiciones(carga: str) -> str:
    """Dónde están los cajones de una carga de rendiciones pendientes."""
    return f"REND#{carga}"


def fila_participacion(huella_rut: str, p: ParticipacionAnterior) -> Fila:
    """Una participación anterior; su llave es ella misma, así que anotarla otra vez no agrega nada."""
    return {
        "PK": pk_participaciones(huella_rut),
        "SK": "#".join([str(p.anio), str(p.componente), p.tipo_actividad, p.objetivo, *filter(None, [p.referencia])]),
        "anio": p.anio,
        "componente": p.componente,
        "tipo_actividad": p.tipo_actividad,
        "objetivo": p.objetivo,
        "referencia": p.referencia,
    }


def participacion_de_fila(fila: Fila) -> ParticipacionAnterior:
    """Lo contrario de `fila_participacion`."""
    return ParticipacionAnterior(
        int(fila["componente"]),
        fila["tipo_actividad"],
        fila["objetivo"],
        int(fila["anio"]),
        fila.get("referencia", ""),
    )


def fila_de_la_carga(cargadas: datetime) -> Fila:
    """Cuándo se cargó por última vez el registro de participaciones."""
    return {"PK": PARTICIPACIONES, "SK": POSTULACION, "cargadas": registro.milisegundos(cargadas)}


def cajones(carga: str, huellas: Collection[str], nombres: Sequence[str]) -> list[Fila]:
    """Una fila por cajón, también los vacíos, con las huellas que empiezan con su nombre."""
    reparto: dict[str, list[str]] = {nombre: [] for nombre in nombres}
    for huella in sorted(set(huellas)):
        reparto[huella[:2]].append(huella)
    return [{"PK": pk_rendiciones(carga), "SK": nombre, "huellas": dentro} for nombre, dentro in reparto.items()]


def poner(fila: Fila) -> dict[str, Any]:
    """El pedido de escribir una fila dentro de un lote."""
    return {"PutRequest": {"Item": a_atributos(fila)}}


def quitar(pk: str, sk: str) -> dict[str, Any]:
    """El pedido de borrar una fila dentro de un lote."""
    return {"DeleteRequest": {"Key": llave(pk, sk)}}


def actualizacion(poner: Mapping[str, Any], quitar: Iterable[str] = ()) -> dict[str, Any]:
    """Los tres argumentos de una actualización, con todo nombre y valor por marcador: hay palabras reservadas."""
    fuera = list(quitar)
    expresion = "SET " + ", ".join(f"#{nombre} = :{nombre}" for nombre in poner)
    if fuera:
        expresion += " REMOVE " + ", ".join(f"#{nombre}" for nombre in fuera)
    return {
        "UpdateExpression": expresion,
        "ExpressionAttributeNames": {f"#{nombre}": nombre for nombre in (*poner, *fuera)},
        "ExpressionAttributeValues": {f":{nombre}": _serializador.serialize(valor) for nombre, valor in poner.items()},
    }
