"""La puerta: del evento de API Gateway a valores, y de lo que pase a una respuesta en HTML o JSON."""

from __future__ import annotations

import base64
import binascii
import html
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aws_lambda_powertools import Logger, single_metric
from aws_lambda_powertools.metrics import MetricUnit

from funciones.adaptadores.montaje import montaje
from funciones.dominio.convocatoria import Convocatoria
from funciones.entrada import multiparte
from funciones.entrada.compresion import comprimida
from funciones.entrada.errores import Rechazo, rechazo_de
from funciones.entrada.tropiezo import tropiezo

SERVICIO, ESPACIO = "promocion-y-redes", "PromocionYRedes"
# Con nombre propio: así importar no depende de que alguien haya definido una variable.
registro = Logger(service=SERVICIO, use_rfc3339=True, utc=True)

MAX_CAMPOS = 200


@dataclass(frozen=True, slots=True)
class Funcionario:
    """Quien trabaja en la mesa, según la ficha que ya verificó la puerta de la API."""

    id: str
    rol: str
    region: str
    convocatorias: frozenset[str] = frozenset()

    @property
    def de_todo_el_pais(self) -> bool:
        """Si ve todas las regiones."""
        return self.rol in {"nacional", "administrador"}

    def alcanza(self, convocatoria: Convocatoria) -> bool:
        """Si puede ver y decidir en esta convocatoria: quien opera, solo en las que le encargaron."""
        if self.rol == "operador":
            return convocatoria.id in self.convocatorias
        return self.alcanza_region(convocatoria.region)

    def alcanza_region(self, region: str) -> bool:
        """Si responde por lo de esta región que no es de una convocatoria; quien opera no responde por ninguna."""
        return self.de_todo_el_pais or (self.rol == "evaluador" and self.region == region)


@dataclass(frozen=True, slots=True)
class Solicitud:
    """Lo que llegó: `campos` son los del formulario o del JSON, `camino` los huecos de la ruta."""

    ruta: str
    campos: Mapping[str, Any]
    consulta: Mapping[str, str]
    camino: Mapping[str, str]
    galletas: Mapping[str, str]
    quiere_html: bool
    es_json: bool
    funcionario: Funcionario | None = None
    archivos: Mapping[str, bytes] = field(default_factory=dict)

    def texto(self, campo: str) -> str:
        """El campo como texto sin espacios alrededor; vacío si no vino."""
        valor = self.campos.get(campo, "")
        return valor.strip() if isinstance(valor, str) else str(valor)


@dataclass(frozen=True, slots=True)
class Respuesta:
    """Lo que se contesta: una plantilla con su contexto, o un JSON; con `texto`, ese texto tal cual."""

    cuerpo: Mapping[str, Any]
    plantilla: str | None = None
    estado: int = 200
    galletas: tuple[str, ...] = ()
    cabeceras: Mapping[str, str] = field(default_factory=dict)
    texto: str | None = None


Verbo = Callable[[Solicitud], Respuesta]


def atender(evento: Mapping[str, Any], rutas: Mapping[str, Verbo]) -> dict[str, Any]:
    """Atiende un evento HTTP API v2 con el verbo de su ruta. Nunca levanta: toda falla es una respuesta."""
    ruta = evento.get("routeKey", "")
    quiere_html = "text/html" in _cabecera(evento, "accept")
    try:
        salida = _al_gateway(rutas[ruta](leer(evento)), quiere_html)
    except Exception as error:
        salida = _salida_de_error(error, ruta, quiere_html)
    with suppress(Exception):  # Una métrica que falla no le quita la respuesta a nadie.
        registro.info("atendida", extra={"ruta": ruta, "estado": salida["statusCode"]})
        contar(f"Respuestas{salida['statusCode'] // 100}xx")
    return comprimida(salida, _cabecera(evento, "accept-encoding"))


def contar(nombre: str, valor: int = 1) -> None:
    """Suma a una métrica. Cada una se escribe sola: las puertas no comparten nada entre hilos."""
    if montaje().entorno.get("POWERTOOLS_METRICS_DISABLED", "").lower() == "true":
        return
    with single_metric(name=nombre, unit=MetricUnit.Count, value=valor, namespace=ESPACIO) as metrica:
        metrica.add_dimension("service", SERVICIO)


def _salida_de_error(error: Exception, ruta: str, quiere_html: bool) -> dict[str, Any]:
    """La página del rechazo; si tampoco se puede escribir, una que no depende de plantillas."""
    respuesta = _respuesta_de_error(error, ruta)
    try:
        return _al_gateway(respuesta, quiere_html)
    except Exception as otro:
        _respuesta_de_error(otro, ruta)  # Solo para anotarlo: a la persona se le dice lo primero que pasó.
        return _sin_plantillas(respuesta, quiere_html)


def _respuesta_de_error(error: Exception, ruta: str) -> Respuesta:
    """El rechazo que corresponde. Del error inesperado se anota el tipo y el lugar, nunca el texto: lleva datos."""
    rechazo = rechazo_de(error)
    if rechazo.estado >= 500:
        registro.error("falla", extra={"ruta": ruta, **tropiezo(error)})
    cuerpo = {
        "error": rechazo.codigo,
        "titulo": rechazo.titulo,
        "mensaje": rechazo.mensaje,
        "campos": dict(rechazo.campos),
        **rechazo.extra,
    }
    return Respuesta(cuerpo, "problema", rechazo.estado)


def leer(evento: Mapping[str, Any]) -> Solicitud:
    """El evento → Solicitud. Errores: Rechazo si lo que llegó no se entiende."""
    es_json = "json" in _cabecera(evento, "content-type")
    campos, archivos = _campos(evento, es_json)
    solicitud = Solicitud(
        ruta=evento["routeKey"],
        campos=campos,
        consulta=evento.get("queryStringParameters") or {},
        camino=evento.get("pathParameters") or {},
        galletas=dict(g.split("=", 1) for g in evento.get("cookies") or () if "=" in g),
        quiere_html="text/html" in _cabecera(evento, "accept"),
        es_json=es_json,
        funcionario=_funcionario(evento),
        archivos=archivos,
    )
    _exigir_texto_entero((solicitud.campos, solicitud.consulta, solicitud.camino, solicitud.galletas))
    return solicitud


def _exigir_texto_entero(valores: tuple[Mapping[str, Any], ...]) -> None:
    """Medio carácter (un sustituto suelto) no se puede guardar ni mostrar: se rechaza a la entrada."""
    try:
        json.dumps(valores, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Rechazo("solicitud_mal_formada") from error


def _cabecera(evento: Mapping[str, Any], nombre: str) -> str:
    return str((evento.get("headers") or {}).get(nombre, "")).lower()


def _campos(evento: Mapping[str, Any], es_json: bool) -> tuple[Mapping[str, Any], Mapping[str, bytes]]:
    """Los campos y, si llegó en partes, el archivo que traiga."""
    cuerpo = evento.get("body") or ""
    if not cuerpo:
        return {}, {}
    try:
        crudo = base64.b64decode(cuerpo, validate=True) if evento.get("isBase64Encoded") else cuerpo.encode()
        if es_json:
            return _campos_json(crudo.decode()), {}
        return _campos_formulario(crudo, _tipo(evento))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise Rechazo("solicitud_mal_formada") from error


def _campos_json(texto: str) -> Mapping[str, Any]:
    cuerpo = json.loads(texto)
    if not isinstance(cuerpo, dict):
        raise ValueError("se espera un objeto")
    return cuerpo


def _tipo(evento: Mapping[str, Any]) -> str:
    """El tipo de lo enviado tal como llegó: la frontera de un formulario en partes distingue mayúsculas."""
    return str((evento.get("headers") or {}).get("content-type", ""))


def _campos_formulario(crudo: bytes, tipo: str) -> tuple[Mapping[str, str], Mapping[str, bytes]]:
    if multiparte.es_multiparte(tipo):
        pares, archivos = multiparte.partes(crudo, tipo, MAX_CAMPOS)
    else:
        pares, archivos = _pares(crudo.decode(), tipo), {}
    campos = dict(pares)
    if len(campos) != len(pares):
        raise ValueError("campo repetido")
    return campos, archivos


def _pares(texto: str, tipo: str) -> list[tuple[str, str]]:
    if "urlencoded" not in tipo.lower():
        raise ValueError("se espera un formulario o un JSON")
    return parse_qsl(texto, keep_blank_values=True, max_num_fields=MAX_CAMPOS, strict_parsing=True, errors="strict")


def _funcionario(evento: Mapping[str, Any]) -> Funcionario | None:
    autorizador = evento.get("requestContext", {}).get("authorizer") or {}
    fichas = autorizador.get("jwt", {}).get("claims")
    if not fichas:
        return None
    codigo, rol, region, convocatorias = (
        str(fichas.get(nombre) or fichas.get(f"custom:{nombre}") or "")
        for nombre in ("codigo", "rol", "region", "convocatorias")
    )
    # El código se lee en cada acta y comprobante; sin uno, queda el identificador que dio el grupo de usuarios.
    return Funcionario(codigo or str(fichas["sub"]), rol, region, _lista(convocatorias))


def _lista(reclamo: str) -> frozenset[str]:
    """Los ids separados por espacios o comas; a una lista, API Gateway la entrega como `[a b]`."""
    return frozenset(reclamo.strip("[]").replace(",", " ").split())


def solo_campos(solicitud: Solicitud, *permitidos: str) -> None:
    """Esquema cerrado: un campo que nadie pidió se rechaza con su nombre."""
    for campo in (*solicitud.campos, *solicitud.archivos):
        if campo not in permitidos:
            raise Rechazo("campo_desconocido", campos={campo[:60]: "Este campo no existe en el formulario. Quítalo."})


def exigir_rol(solicitud: Solicitud, *roles: str) -> Funcionario:
    """Quien atiende la mesa, si tiene uno de estos roles. Errores: Rechazo 401 o 404."""
    if solicitud.funcionario is None:
        raise Rechazo("sin_ficha")
    if solicitud.funcionario.rol not in roles:
        raise Rechazo("sin_permiso")
    return solicitud.funcionario


# Páginas con datos de una persona: ni se guardan ni viajan en la dirección de quien sigue un enlace.
_CABECERAS = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def _al_gateway(respuesta: Respuesta, quiere_html: bool) -> dict[str, Any]:
    if respuesta.texto is not None:
        cuerpo, tipo = respuesta.texto, "text/plain; charset=utf-8"
    elif quiere_html and respuesta.plantilla:
        cuerpo, tipo = _html(respuesta), "text/html; charset=utf-8"
    else:
        cuerpo, tipo = json.dumps(respuesta.cuerpo, ensure_ascii=False, default=str), "application/json"
    cuerpo.encode()  # Si no se puede mandar, se sabe aquí y no después de contestar.
    salida: dict[str, Any] = {
        "statusCode": respuesta.estado,
        "headers": {**_CABECERAS, "content-type": tipo, **respuesta.cabeceras},
        "body": cuerpo,
        "isBase64Encoded": False,
    }
    if respuesta.galletas:
        salida["cookies"] = list(respuesta.galletas)
    return salida


def _html(respuesta: Respuesta) -> str:
    # Jinja2 tarda en importarse: solo cuando de verdad se escribe una página.
    from funciones.adaptadores.redaccion import pagina

    return pagina(f"formulario/{respuesta.plantilla}", respuesta.cuerpo, montaje().plantillas)


_PAGINA_SIN_PLANTILLAS = """<!doctype html>
<html lang="es-CL"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{titulo}</title>
<main>
<h1>{titulo}</h1>
<p>{mensaje}</p>
<p><a href="/ayuda/">Busca la oficina de tu región</a>.</p>
</main>
</html>
"""


def _sin_plantillas(respuesta: Respuesta, quiere_html: bool) -> dict[str, Any]:
    """El último recurso: una página o un JSON que no pueden fallar."""
    dicho = {clave: str(respuesta.cuerpo[clave]) for clave in ("error", "titulo", "mensaje")}
    if not quiere_html:
        return _al_gateway(Respuesta({**dicho, "campos": {}}, estado=respuesta.estado), quiere_html=False)
    salida = _al_gateway(Respuesta({}, estado=respuesta.estado), quiere_html=False)
    escapado = {clave: html.escape(texto) for clave, texto in dicho.items()}
    salida["headers"]["content-type"] = "text/html; charset=utf-8"
    return {**salida, "body": _PAGINA_SIN_PLANTILLAS.format_map(escapado)}
