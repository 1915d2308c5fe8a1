"""Los documentos de una postulación: dónde se dejan mientras se revisan y cómo pasan a su lugar definitivo."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta

from funciones.adaptadores.deposito import Deposito, DepositoNoResponde, ObjetoAusente, Permiso
from funciones.adaptadores.horneado import Horneado
from funciones.adaptadores.montaje import Montaje, montaje
from funciones.dominio.antivirus import Antivirus, segun
from funciones.dominio.archivo import EXTENSIONES, ProblemaDeArchivo, problema, tipo_real
from funciones.dominio.convocatoria import Convocatoria, DocumentoPedido
from funciones.dominio.postulacion import Adjunto
from funciones.errores import Rechazo

MEGA = 1024 * 1024
# Sin JavaScript el archivo va directo al depósito y se mide después: hasta aquí llega para explicarlo con palabras.
TOPE_SIN_JAVASCRIPT_MB = 20
MINUTOS_PERMISO = 60
PREFIJO = "documento:"
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
    return f"cuarentena/{llave_borrador}/{documento}"


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


def revisar(deposito: Deposito, llave: str, pedido: DocumentoPedido, tope: int) -> Adjunto | ProblemaDeArchivo:
    """El archivo dejado bajo esa llave, ya mirado por dentro, o lo que impide aceptarlo."""
    objeto = deposito.examinar(llave)
    if objeto is None:
        return ProblemaDeArchivo.FALTA
    defecto = problema(objeto.tamano, objeto.inicio, tope)
    if defecto is not None:
        return defecto
    tipo = tipo_real(objeto.inicio)
    assert tipo is not None
    nombre = f"{pedido.documento}.{EXTENSIONES[tipo]}"
    return Adjunto(pedido.documento, llave, nombre, tipo, objeto.tamano, objeto.huella)


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


def explicar(defecto: ProblemaDeArchivo, pedido: DocumentoPedido, tope: int) -> str:
    """Qué pasó con el archivo y qué hacer."""
    megas = tope // MEGA
    return {
        ProblemaDeArchivo.FALTA: f"Falta subir: {pedido.titulo}.",
        ProblemaDeArchivo.VACIO: "El archivo está vacío. Ábrelo para ver que tenga algo y súbelo de nuevo.",
        ProblemaDeArchivo.MUY_GRANDE: f"El archivo pesa más de {megas} MB. Sácale una foto o guárdalo más liviano.",
        ProblemaDeArchivo.DISFRAZADO: (
            "El archivo dice ser un documento, pero por dentro es un programa o un comprimido. "
            "Sube el PDF, JPG o PNG original."
        ),
        ProblemaDeArchivo.OTRO_TIPO: "El archivo no es PDF, JPG ni PNG. Guárdalo en uno de esos formatos y súbelo.",
    }[defecto]


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


def archivar(deposito: Deposito, folio: str, adjuntos: Mapping[str, Adjunto]) -> tuple[Adjunto, ...]:
    """Copia cada archivo a su lugar definitivo bajo el folio; repetirlo deja lo mismo.

    La llave lleva la huella del contenido revisado: si alguien cambia el archivo en cuarentena, la copia no calza.
    Errores: Rechazo si el archivo cambió después de revisarlo.
    """
    archivados = []
    for adjunto in sorted(adjuntos.values(), key=lambda a: a.documento):
        llave = f"expedientes/{folio.lower()}/{adjunto.documento}-{adjunto.huella[:16]}"
        try:
            deposito.copiar(adjunto.llave, llave)
        except ObjetoAusente as error:
            raise _hay_que_subirlo_de_nuevo(adjunto) from error
        copia = deposito.examinar(llave)
        if copia is None or copia.huella != adjunto.huella:
            raise _hay_que_subirlo_de_nuevo(adjunto)
        archivados.append(
            Adjunto(adjunto.documento, llave, adjunto.nombre, adjunto.tipo, adjunto.tamano, adjunto.huella)
        )
    return tuple(archivados)


def _hay_que_subirlo_de_nuevo(adjunto: Adjunto) -> Rechazo:
    return Rechazo("faltan_documentos", campos={adjunto.documento: "El archivo ya no es el mismo. Súbelo otra vez."})
