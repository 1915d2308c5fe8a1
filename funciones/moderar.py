"""Moderar: la mesa mira cada ficha del catálogo antes de que salga; la publica, la devuelve con su razón o la baja."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from funciones.adaptadores.montaje import montaje
from funciones.dominio import exhibicion, texto_publico
from funciones.dominio import folio as folios
from funciones.dominio.actor import Actor
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.fechas import fecha_hora_larga
from funciones.dominio.texto_publico import Aviso
from funciones.dominio.vitrina import Contenido, EstadoVitrina, Vitrina
from funciones.entrada.acceso import actor_de
from funciones.entrada.errores import Rechazo
from funciones.entrada.solicitud import Funcionario, Respuesta, Solicitud, atender, exigir_rol, registro, solo_campos
from funciones.vitrinas import foto, vista_vitrina

# Quien opera por encargo no decide qué se publica.
ROLES = ("evaluador", "nacional", "administrador")
MINUTOS_ENLACE = 5
LARGO_MOTIVO = 2000
AVISOS: Mapping[Aviso, str] = {Aviso.CORREO: "un correo", Aviso.TELEFONO: "un teléfono"}

Decision = Callable[[Vitrina, Actor, str], Vitrina]


def _publicar(vitrina: Vitrina, actor: Actor, motivo: str) -> Vitrina:
    """Publica lo que de verdad va a salir. Error: 422 si lleva algo que no se publica o ya no tiene permiso."""
    publicada = exhibicion.publicar(vitrina, actor, montaje().ahora(), motivo)
    if malos := texto_publico.no_se_publica(vitrina.borrador):
        no_sale = f"No se puede publicar: hay un RUT o código en {', '.join(malos)}. Devuélvela y di qué quitar."
        raise Rechazo("respuestas_por_corregir", campos={"decision": no_sale})
    if not exhibicion.tiene_permiso(vitrina, _legibles()):
        sin_permiso = "Después de enviarla, retiró su permiso. Devuélvela: si quiere, puede enviarla otra vez."
        raise Rechazo("respuestas_por_corregir", campos={"decision": sin_permiso})
    return publicada


DECISIONES: Mapping[str, Decision] = {
    "publicar": _publicar,
    "observar": lambda v, actor, motivo: exhibicion.observar(v, actor, montaje().ahora(), motivo),
    "bajar": lambda v, actor, motivo: exhibicion.bajar(v, actor, montaje().ahora(), motivo),
}


def listar(solicitud: Solicitud) -> Respuesta:
    """Las fichas a su alcance: primero las que esperan, de la más antigua a la más nueva; después las publicadas."""
    funcionario = exigir_rol(solicitud, *ROLES)
    vistas = [(v, c) for v in _legibles() if _se_ve(v) and (c := _alcanza(v, funcionario))]
    vistas.sort(key=lambda par: par[0].estado is not EstadoVitrina.EN_REVISION)
    return Respuesta({"vitrinas": [_renglon(v, c) for v, c in vistas]})


def abrir(solicitud: Solicitud) -> Respuesta:
    """Una ficha: lo que se quiere publicar, lo que ya está publicado y lo que ha pasado con ella."""
    return Respuesta(_entera(*_pedida(solicitud, exigir_rol(solicitud, *ROLES))))


def decidir(solicitud: Solicitud) -> Respuesta:
    """Publica, devuelve o baja la ficha. Errores: 409 si cambió entre medio; 422 sin razón."""
    funcionario = exigir_rol(solicitud, *ROLES)
    solo_campos(solicitud, "version", "decision", "motivo")
    antes, convocatoria = _pedida(solicitud, funcionario)
    if solicitud.campos.get("version") != antes.version:
        raise Rechazo("cambio_entre_medio", version=antes.version)
    decision, motivo = DECISIONES.get(solicitud.texto("decision")), solicitud.texto("motivo")
    if decision is None:
        raise Rechazo("respuestas_por_corregir", campos={"decision": "Elige publicar, devolver o sacar."})
    if len(motivo) > LARGO_MOTIVO:
        largo = f"Acórtala: tiene {len(motivo)} caracteres y caben {LARGO_MOTIVO}."
        raise Rechazo("respuestas_por_corregir", campos={"motivo": largo})
    despues = decision(antes, actor_de(funcionario, convocatoria), motivo)
    montaje().almacen.guardar_vitrina(despues)
    foto.borrar_sobrantes(antes, despues)
    return Respuesta(_entera(despues, convocatoria))


def ver_foto(solicitud: Solicitud) -> Respuesta:
    """Un enlace de cinco minutos a una foto de la ficha."""
    vitrina, _ = _pedida(solicitud, exigir_rol(solicitud, *ROLES))
    for una in (p.foto for c in _contenidos(vitrina) for p in c.productos):
        if una is not None and una.huella == solicitud.camino["foto"]:
            vence = montaje().ahora() + timedelta(minutes=MINUTOS_ENLACE)
            nombre = f"foto.{foto.TIPOS[una.tipo]}"
            enlace = montaje().deposito.enlace(foto.llave(vitrina.folio, una.huella), vence, nombre)
            return Respuesta({"enlace": enlace, "nombre": nombre})
    raise Rechazo("vitrina_no_existe")


def _legibles() -> Iterator[Vitrina]:
    """Todas las que se pueden leer; de la que no, queda anotado el tipo del error."""
    return montaje().almacen.vitrinas(lambda e: registro.error("vitrina_ilegible", extra={"tipo": type(e).__name__}))


def _alcanza(vitrina: Vitrina, funcionario: Funcionario) -> Convocatoria | None:
    """Su convocatoria, si es de la región de quien pregunta."""
    convocatoria = montaje().horneado.convocatoria(vitrina.convocatoria)
    return convocatoria if convocatoria is not None and funcionario.alcanza(convocatoria) else None


def _se_ve(vitrina: Vitrina) -> bool:
    """Lo que su dueña todavía escribe no es asunto de la mesa."""
    return vitrina.estado is EstadoVitrina.EN_REVISION or vitrina.publicado is not None


def _pedida(solicitud: Solicitud, funcionario: Funcionario) -> tuple[Vitrina, Convocatoria]:
    """La ficha y su convocatoria; de otra región o sin enviar, 404 como si no existiera."""
    folio = folios.normalizar(solicitud.camino["folio"])
    vitrina = montaje().almacen.vitrina(folio) if folio else None
    convocatoria = _alcanza(vitrina, funcionario) if vitrina is not None and _se_ve(vitrina) else None
    if vitrina is None or convocatoria is None:
        raise Rechazo("vitrina_no_existe")
    return vitrina, convocatoria


def _contenidos(vitrina: Vitrina) -> tuple[Any, ...]:
    por_publicar = vitrina.borrador if vitrina.estado is EstadoVitrina.EN_REVISION else None
    return tuple(c for c in (por_publicar, vitrina.publicado) if c is not None)


def _renglon(vitrina: Vitrina, convocatoria: Convocatoria) -> dict[str, Any]:
    contenido = _contenidos(vitrina)[0]
    return {
        "folio": vitrina.folio,
        "folio_texto": folios.mostrar(vitrina.folio),
        "nombre": contenido.nombre,
        "productos": len(contenido.productos),
        "convocatoria": convocatoria.id,
        "convocatoria_nombre": convocatoria.nombre,
        "demostracion": convocatoria.demostracion,
        "region": convocatoria.region,
        "estado": str(vitrina.estado),
        "publicada": vitrina.publicado is not None,
        "cambio": vitrina.cambio.isoformat(),
        "cambio_texto": fecha_hora_larga(vitrina.cambio),
    }


def _entera(vitrina: Vitrina, convocatoria: Convocatoria) -> dict[str, Any]:
    en_revision = vitrina.estado is EstadoVitrina.EN_REVISION
    contenidos = _contenidos(vitrina)
    return {
        "folio": vitrina.folio,
        "folio_texto": folios.mostrar(vitrina.folio),
        "nombre": contenidos[0].nombre if contenidos else "",
        "convocatoria": convocatoria.id,
        "convocatoria_nombre": convocatoria.nombre,
        "demostracion": convocatoria.demostracion,
        "version": vitrina.version,
        "estado": str(vitrina.estado),
        "por_publicar": vista_vitrina.contenido(vitrina.borrador) if en_revision else None,
        "publicado": None if vitrina.publicado is None else vista_vitrina.contenido(vitrina.publicado),
        "direccion": vista_vitrina.direccion(vitrina),
        "permiso_texto": "" if vitrina.permiso is None else fecha_hora_larga(vitrina.permiso.cuando),
        "decisiones": [
            *(["publicar", "observar"] if en_revision else []),
            *(["bajar"] if vitrina.publicado is not None else []),
        ],
        "avisos": _avisos(vitrina.borrador) if en_revision else [],
        "historia": [vista_vitrina.hecho(h) for h in vitrina.historia],
    }


def _avisos(contenido: Contenido) -> list[str]:
    """Dónde parece haber un dato de contacto; para decidir lo mira una persona."""
    return [
        f"Parece haber {AVISOS[aviso]} en {donde}."
        for donde, texto in texto_publico.textos(contenido)
        for aviso in texto_publico.avisos(texto)
    ]


@registro.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Las rutas de la mesa sobre las fichas del catálogo."""
    return atender(
        event,
        {
            "GET /api/mesa/vitrinas": listar,
            "GET /api/mesa/vitrinas/{folio}": abrir,
            "POST /api/mesa/vitrinas/{folio}": decidir,
            "GET /api/mesa/vitrinas/{folio}/fotos/{foto}": ver_foto,
        },
    )
