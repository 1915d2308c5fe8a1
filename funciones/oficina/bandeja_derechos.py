"""La bandeja de los pedidos sobre los propios datos: con su plazo a la vista, y cada respuesta con su razón."""

from __future__ import annotations

from typing import Any

from funciones.adaptadores.montaje import montaje
from funciones.datos_personales.derechos import mostrar
from funciones.datos_personales.derechos_guardados import CLASE, guardar, leer, pedidos_de
from funciones.dominio import derecho
from funciones.dominio import folio as folios
from funciones.dominio.actor import Actor
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.derecho import Pedido, Suceso
from funciones.dominio.postulacion import Postulacion
from funciones.entrada.acceso import actor_de, desde_la_mesa
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Funcionario, Respuesta, Solicitud, exigir_rol, solo_campos
from funciones.oficina import mesa

# Quien opera por encargo no responde sobre los datos: responde la institución.
ROLES = ("evaluador", "nacional", "administrador")
LARGO_MOTIVO = 2000
DECISIONES = ("acoger", "rechazar", "prorrogar")


def listar(solicitud: Solicitud) -> Respuesta:
    """Los pedidos a su alcance: primero los que esperan, el que vence antes primero; después los respondidos."""
    funcionario = exigir_rol(solicitud, *ROLES)
    convocatorias = {c.id: c for c in mesa.convocatorias_de(funcionario)}
    renglones = [
        _renglon(postulacion, convocatorias[postulacion.convocatoria], pedido, hoja.version)
        for region in sorted({c.region for c in convocatorias.values()})
        for hoja in montaje().almacen.hojas(CLASE, region)
        for postulacion in [montaje().almacen.postulacion(hoja.llave)]
        if postulacion is not None and postulacion.convocatoria in convocatorias
        for pedido in pedidos_de(hoja)
    ]
    renglones.sort(key=lambda r: (r["resuelto"] is not None, r["vence"], r["folio"]))
    return Respuesta({"derechos": renglones})


def decidir(solicitud: Solicitud) -> Respuesta:
    """Acepta, rechaza o alarga un pedido, con su razón. Errores: 409 si alguien lo respondió antes; 422 sin razón."""
    funcionario = exigir_rol(solicitud, *ROLES)
    solo_campos(solicitud, "numero", "version", "decision", "motivo")
    postulacion, convocatoria = desde_la_mesa(solicitud.camino["folio"], funcionario)
    pedidos, version = leer(convocatoria.region, postulacion.folio)
    antes = next((p for p in pedidos if p.numero == solicitud.campos.get("numero")), None)
    if antes is None:
        raise Rechazo("derecho_no_existe")
    _exigir_bien_escrito(solicitud)
    if solicitud.campos.get("version") != version:
        raise Rechazo("cambio_entre_medio", version=version)
    despues = _decidido(antes, solicitud, actor_de(funcionario, convocatoria))
    todos = tuple(despues if p is antes else p for p in pedidos)
    guardar(convocatoria, postulacion.folio, todos, version, despues)
    return Respuesta(_renglon(postulacion, convocatoria, despues, version + 1))


def _exigir_bien_escrito(solicitud: Solicitud) -> None:
    motivo, errores = solicitud.texto("motivo"), {}
    if solicitud.texto("decision") not in DECISIONES:
        errores["decision"] = "Elige aceptar, no aceptar o alargar el plazo."
    if not motivo:
        errores["motivo"] = "Escribe la razón: va en su correo."
    elif len(motivo) > LARGO_MOTIVO:
        errores["motivo"] = f"Acórtala: tiene {len(motivo)} caracteres y caben {LARGO_MOTIVO}."
    if errores:
        raise Rechazo("respuestas_por_corregir", campos=errores)


def _decidido(pedido: Pedido, solicitud: Solicitud, actor: Actor) -> Pedido:
    ahora, motivo = montaje().ahora(), solicitud.texto("motivo")
    try:
        if solicitud.texto("decision") == "prorrogar":
            return derecho.prorrogar(pedido, actor, ahora, motivo)
        que = Suceso.ACOGIDO if solicitud.texto("decision") == "acoger" else Suceso.RECHAZADO
        return derecho.resolver(pedido, que, actor, ahora, motivo)
    except derecho.YaResuelto as error:
        raise Rechazo("derecho_respondido") from error
    except derecho.ProrrogaImposible as error:
        raise Rechazo("prorroga_imposible") from error


def _renglon(postulacion: Postulacion, convocatoria: Convocatoria, pedido: Pedido, version: int) -> dict[str, Any]:
    """Lo que hace falta para responder. `version` es la de todos los pedidos de esa postulación."""
    ahora = montaje().ahora()
    return mostrar(pedido, ahora) | {
        "folio": postulacion.folio,
        "folio_texto": folios.mostrar(postulacion.folio),
        "convocatoria": convocatoria.id,
        "convocatoria_nombre": convocatoria.nombre,
        "demostracion": convocatoria.demostracion,
        "region": convocatoria.region,
        "version": version,
        "sin_correo": not postulacion.datos.get("correo"),
        "decisiones": _decisiones(pedido),
    }


def _decisiones(pedido: Pedido) -> list[str]:
    if pedido.resuelto is not None:
        return []
    alargar = ["prorrogar"] if pedido.puede_prorrogarse(montaje().ahora()) else []
    return ["acoger", "rechazar", *alargar]


def de_la_ficha(postulacion: Postulacion, convocatoria: Convocatoria, funcionario: Funcionario) -> list[dict[str, Any]]:
    """Los pedidos sin responder y el bloqueo que rige: quien abre la ficha tiene que saberlo."""
    if funcionario.rol not in ROLES:
        return []
    pedidos, _ = leer(convocatoria.region, postulacion.folio)
    rigen = [p for p in pedidos if p.resuelto is None or _bloquea(p)]
    return [mostrar(p, montaje().ahora()) for p in rigen]


def _bloquea(pedido: Pedido) -> bool:
    acogido = pedido.resuelto is not None and pedido.resuelto.que is Suceso.ACOGIDO
    return acogido and pedido.derecho is derecho.Derecho.BLOQUEO
