"""Los documentos de una postulación: dónde se dejan mientras se revisan y cómo pasan a su lugar definitivo."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from funciones.adaptadores import pdf
from funciones.adaptadores.deposito import Deposito, DepositoNoResponde, ObjetoAusente, Permiso
from funciones.adaptadores.horneado import Horneado
from funciones.adaptadores.montaje import Montaje, montaje
from funciones.dominio.antivirus import Antivirus, segun
from funciones.dominio.archivo import EXTENSIONES, ProblemaDeArchivo, problema, tipo_real
from funciones.dominio.convocatoria import Convocatoria, DocumentoPedido
from funciones.dominio.imagen_entera import entera
from funciones.dominio.postulacion import Adjunto, Postulacion
from funciones.entrada.errores import Rechazo

MEGA = 1024 * 1024
# Sin JavaScript el archivo va directo al depósito y se mide después: hasta aquí llega para explicarlo con palabras.
TOPE_SIN_JAVASCRIPT_MB = 20
MINUTOS_PERMISO = 60
# Con JavaScript el permiso se pide recién al elegir el archivo, y ya se sabe cuánto pesa.
MINUTOS_CON_JAVASCRIPT = 5
PREFIJO = "documento:"
# Las tres carpetas por las que pasa un documento. Las dos primeras caducan solas.
CUARENTENA, POR_CONFIRMAR, EXPEDIENTES = "cuarentena/", "por-confirmar/", "expedientes/"
# Los mismos días que en template.yaml. Cuarentena: más que un borrador y que los cinco días hábiles para corregir,
# con sus feriados. Por confirmar: más que lo que dura el enlace del correo.
DURAN = {CUARENTENA: timedelta(days=15), POR_CONFIRMAR: timedelta(days=3)}
_SIN_ABRIR = {
    Antivirus.REVISANDO: "documento_revisando",
    Antivirus.INFECTADO: "documento_infectado",
    Antivirus.NO_REVISADO: "documento_no_revisado",
}


def tope_bytes(publicado: Horneado, convocatoria: Convocatoria) -> int:
    """El tamaño máximo vigente, en bytes."""
    return int(publicado.parametro("tamano_maximo_archivo_mb", convocatoria.publicacion)) * MEGA


def llave_cuarentena(llave_borrador: str, documento: str) -> str:
    """Dónde se deja un archivo recién subido; la elige el servidor y no dice nada de la persona."""
    return f"{CUARENTENA}{llave_borrador}/{documento}"


def documento_pedido(convocatoria: Convocatoria, documento: str) -> DocumentoPedido:
    """El documento de la convocatoria, o Rechazo si no lo pide."""
    for pedido in convocatoria.documentos:
        if pedido.documento == documento:
            return pedido
    raise Rechazo("campo_desconocido", campos={"documento": "Esta convocatoria no pide ese documento."})


def permiso_para_subir(montado: Montaje, llave: str, ahora: datetime, retorno: str | None) -> Permiso:
    """Permiso de una hora para dejar un solo archivo bajo esa llave exacta."""
    return montado.deposito.permiso(
        llave,
        "application/octet-stream",
        TOPE_SIN_JAVASCRIPT_MB * MEGA,
        ahora + timedelta(minutes=MINUTOS_PERMISO),
        retorno,
    )


def permiso_de_una_vez(llave: str, tope: int) -> Permiso:
    """Para quien sube con JavaScript o por la API: por cinco minutos y hasta el tope, sin página a la que volver."""
    vence = montaje().ahora() + timedelta(minutes=MINUTOS_CON_JAVASCRIPT)
    return montaje().deposito.permiso(llave, "application/octet-stream", tope, vence, None)


def subida(llave: str, retorno: str, pedir: Mapping[str, str], tope: int) -> dict[str, object]:
    """Lo que necesita la página que sube un archivo. `retorno`: a dónde se vuelve; `pedir`: cómo pide permiso el guion.

    El guion dice lo mismo que la página cuando el archivo no sirve: recibe aquí las palabras.
    """
    return {
        "permiso": permiso_para_subir(montaje(), llave, montaje().ahora(), f"{montaje().url_portal}{retorno}"),
        "retorno": retorno,
        "pedir": dict(pedir),
        "palabras": _palabras(tope),
        "tope": tope,
        "tope_mb": tope // MEGA,
        "tope_directo_mb": TOPE_SIN_JAVASCRIPT_MB,
    }


def revisar(deposito: Deposito, llave: str, pedido: DocumentoPedido, tope: int) -> Adjunto | ProblemaDeArchivo:
    """El archivo dejado bajo esa llave, ya mirado por dentro, o lo que impide aceptarlo."""
    objeto = deposito.examinar(llave)
    if objeto is None:
        return ProblemaDeArchivo.FALTA
    try:
        # El que pesa de más no se trae.
        defecto = problema(objeto.tamano, objeto.inicio, tope) or _amenaza(deposito, llave)
        datos = b"" if defecto else deposito.leer(llave)
    except ObjetoAusente:
        return ProblemaDeArchivo.FALTA
    # Lo que se anota es lo que se abrió, aunque justo antes lo hayan cambiado.
    defecto = defecto or problema(len(datos), datos, tope) or _por_dentro(datos)
    if defecto is not None:
        return defecto
    tipo = tipo_real(datos)
    assert tipo is not None
    nombre = f"{pedido.documento}.{EXTENSIONES[tipo]}"
    return Adjunto(pedido.documento, llave, nombre, tipo, len(datos), hashlib.sha256(datos).hexdigest())


def _amenaza(deposito: Deposito, llave: str) -> ProblemaDeArchivo | None:
    """Infectado, si el antivirus ya lo dijo; el que todavía no mira se acepta, y nadie lo abre hasta que lo haga."""
    infectado = segun(deposito.antivirus(llave)) is Antivirus.INFECTADO
    return ProblemaDeArchivo.INFECTADO if infectado else None


def _por_dentro(datos: bytes) -> ProblemaDeArchivo | None:
    if tipo_real(datos) == "application/pdf":
        return pdf.mirar(datos)
    return None if entera(datos) else ProblemaDeArchivo.DANADO


def estado_de(adjunto: Adjunto) -> Antivirus:
    """Qué dijo el antivirus de este archivo. Ante la duda, que no se abra: sin respuesta, se sigue revisando."""
    try:
        return segun(montaje().deposito.antivirus(adjunto.llave))
    except DepositoNoResponde:
        return Antivirus.REVISANDO
    except ObjetoAusente:
        return Antivirus.NO_REVISADO


def exigir_limpio(adjunto: Adjunto) -> None:
    """Rechazo 409 si el antivirus no lo dio por limpio: nadie abre un archivo sin revisar."""
    estado = estado_de(adjunto)
    if estado is not Antivirus.LIMPIO:
        raise Rechazo(_SIN_ABRIR[estado])


def aviso_del_antivirus(adjunto: Adjunto) -> str:
    """Lo que hay que saber de un archivo recibido que el antivirus todavía no da por limpio; vacío si no hay nada."""
    return {
        Antivirus.REVISANDO: "El antivirus todavía lo revisa. Puedes seguir: si encuentra algo, te lo decimos.",
        Antivirus.NO_REVISADO: "El antivirus no pudo revisarlo. Puedes seguir, o subirlo otra vez para que lo intente.",
    }.get(estado_de(adjunto), "")


def explicar(defecto: ProblemaDeArchivo, pedido: DocumentoPedido, tope: int) -> str:
    """Qué pasó con el archivo y qué hacer."""
    return f"Falta subir: {pedido.titulo}." if defecto is ProblemaDeArchivo.FALTA else _palabras(tope)[defecto]


def _palabras(tope: int) -> dict[str, str]:
    return {
        ProblemaDeArchivo.VACIO: "El archivo está vacío. Ábrelo para ver que tenga algo y súbelo de nuevo.",
        ProblemaDeArchivo.MUY_GRANDE: (
            f"El archivo pesa más de {tope // MEGA} MB. Sácale una foto o guárdalo más liviano."
        ),
        ProblemaDeArchivo.OTRO_TIPO: "El archivo no es PDF, JPG ni PNG. Guárdalo en uno de esos formatos y súbelo.",
        ProblemaDeArchivo.DISFRAZADO: (
            "El archivo dice ser un documento, pero por dentro es un programa o un comprimido. "
            "Sube el PDF, JPG o PNG original."
        ),
        ProblemaDeArchivo.DANADO: (
            "No pudimos abrir el archivo: está dañado o llegó a medias. "
            "Ábrelo en tu equipo, guárdalo otra vez y súbelo."
        ),
        ProblemaDeArchivo.CON_CONTRASENA: (
            "El archivo pide una contraseña para abrirse. "
            "Ábrelo, elige «Imprimir» y «Guardar como PDF», y sube esa copia."
        ),
        ProblemaDeArchivo.INFECTADO: (
            "El antivirus encontró un programa dañino en el archivo. "
            "Baja el documento otra vez desde su sitio oficial y sube esa copia."
        ),
    }


def adjuntos_de(respuestas: Mapping[str, str]) -> dict[str, Adjunto]:
    """Los documentos ya revisados que guarda un borrador."""
    return {
        clave.removeprefix(PREFIJO): Adjunto(**json.loads(valor))
        for clave, valor in respuestas.items()
        if clave.startswith(PREFIJO)
    }


def anotar(adjunto: Adjunto) -> dict[str, str]:
    """Cómo se guarda un documento revisado dentro de un borrador."""
    return {f"{PREFIJO}{adjunto.documento}": json.dumps(asdict(adjunto))}


def destruir(deposito: Deposito, folio: str) -> int:
    """Borra todo lo archivado de ese folio, con sus versiones; cuántos archivos."""
    llaves = deposito.listar(f"{EXPEDIENTES}{folio.lower()}/")
    for llave in llaves:
        deposito.borrar(llave)
    return len(llaves)


def apartar(deposito: Deposito, folio: str, adjuntos: Mapping[str, Adjunto]) -> tuple[Adjunto, ...]:
    """Copia cada archivo a donde espera que se confirme el correo; si nadie confirma, ahí caduca.

    Error: Rechazo si el archivo cambió después de revisarlo.
    """
    return _copiar_revisados(deposito, POR_CONFIRMAR, folio, adjuntos)


def archivar(deposito: Deposito, folio: str, adjuntos: Mapping[str, Adjunto]) -> tuple[Adjunto, ...]:
    """Copia cada archivo recién subido a su lugar definitivo bajo el folio; repetirlo deja lo mismo.

    Error: Rechazo si el archivo cambió después de revisarlo.
    """
    return _copiar_revisados(deposito, EXPEDIENTES, folio, adjuntos)


def archivar_apartados(deposito: Deposito, postulacion: Postulacion) -> tuple[Adjunto, ...]:
    """Los que esperaban la confirmación pasan a su lugar definitivo. A donde estaban solo escribió este programa."""
    archivados = []
    for adjunto in postulacion.adjuntos:
        llave = f"{EXPEDIENTES}{adjunto.llave.removeprefix(POR_CONFIRMAR)}"
        if adjunto.llave.startswith(POR_CONFIRMAR):
            deposito.copiar(adjunto.llave, llave)
            adjunto = replace(adjunto, llave=llave)
        archivados.append(adjunto)
    return tuple(archivados)


def _copiar_revisados(
    deposito: Deposito, carpeta: str, folio: str, adjuntos: Mapping[str, Adjunto]
) -> tuple[Adjunto, ...]:
    """La llave lleva la huella de lo revisado: si alguien cambia el archivo en cuarentena, la copia no calza."""
    archivados = []
    for adjunto in sorted(adjuntos.values(), key=lambda a: a.documento):
        llave = f"{carpeta}{folio.lower()}/{adjunto.documento}-{adjunto.huella[:16]}"
        try:
            deposito.copiar(adjunto.llave, llave)
        except ObjetoAusente as error:
            raise _hay_que_subirlo_de_nuevo(adjunto) from error
        copia = deposito.examinar(llave)
        if copia is None or copia.huella != adjunto.huella:
            raise _hay_que_subirlo_de_nuevo(adjunto)
        archivados.append(replace(adjunto, llave=llave))
    return tuple(archivados)


def _hay_que_subirlo_de_nuevo(adjunto: Adjunto) -> Rechazo:
    return Rechazo("faltan_documentos", campos={adjunto.documento: "El archivo ya no es el mismo. Súbelo otra vez."})
