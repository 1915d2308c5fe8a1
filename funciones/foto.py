"""La foto de un producto: dónde se sube, cómo se revisa y dónde queda guardada hasta que se publique."""

from __future__ import annotations

from contextlib import suppress

from funciones import expediente
from funciones.adaptadores.deposito import DepositoNoResponde, ObjetoAusente, Permiso
from funciones.adaptadores.montaje import montaje
from funciones.dominio.archivo import ProblemaDeArchivo, problema, tipo_real
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.vitrina import Foto, Vitrina
from funciones.errores import Rechazo

TIPOS = {"image/jpeg": "jpg", "image/png": "png"}
OTRA_VEZ = "La foto ya no es la misma. Súbela otra vez."


def llave_recien_subida(folio: str, producto: str) -> str:
    """Dónde se deja la foto mientras no se guarda; no dice nada de la persona y caduca sola."""
    return expediente.llave_cuarentena(montaje().llavero.clave_de_foto(folio, producto), "foto")


def llave(folio: str, huella: str) -> str:
    """Dónde queda guardada, fuera de la vista de todos: la de otro contenido es otra."""
    return f"vitrinas/{folio.lower()}/{huella}"


def permiso_para_subir(folio: str, producto: str) -> Permiso:
    """El permiso de una hora para dejar esa foto; el navegador vuelve a la página de ese producto."""
    retorno = f"{montaje().url_portal}/api/exhibir?folio={folio}&producto={producto}"
    return expediente.permiso_para_subir(montaje(), llave_recien_subida(folio, producto), montaje().ahora(), retorno)


def recien_subida(folio: str, producto: str, convocatoria: Convocatoria) -> Foto | ProblemaDeArchivo:
    """La foto que espera, ya mirada por dentro, o lo que impide aceptarla."""
    objeto = montaje().deposito.examinar(llave_recien_subida(folio, producto))
    if objeto is None:
        return ProblemaDeArchivo.FALTA
    defecto = problema(objeto.tamano, objeto.inicio, expediente.tope_bytes(montaje().horneado, convocatoria))
    if defecto is not None:
        return defecto
    tipo = tipo_real(objeto.inicio) or ""
    return Foto(objeto.huella, tipo, objeto.tamano) if tipo in TIPOS else ProblemaDeArchivo.OTRO_TIPO


def explicar(defecto: ProblemaDeArchivo, convocatoria: Convocatoria) -> str:
    """Qué pasó con la foto y qué hacer."""
    megas = expediente.tope_bytes(montaje().horneado, convocatoria) // expediente.MEGA
    return {
        ProblemaDeArchivo.FALTA: "Falta subir la foto.",
        ProblemaDeArchivo.VACIO: "El archivo está vacío. Ábrelo para ver que tenga la foto y súbelo de nuevo.",
        ProblemaDeArchivo.MUY_GRANDE: f"La foto pesa más de {megas} MB. Guárdala más liviana y súbela de nuevo.",
        ProblemaDeArchivo.DISFRAZADO: "El archivo dice ser una foto, pero por dentro es otra cosa. Sube la original.",
        ProblemaDeArchivo.OTRO_TIPO: "El archivo no es una foto JPG ni PNG. Guárdala en uno de esos formatos.",
    }[defecto]


def archivar(folio: str, producto: str, foto: Foto) -> None:
    """La copia a su lugar y vacía donde esperaba; repetirlo deja lo mismo.

    Error: Rechazo si cambió después de revisarla.
    """
    destino = llave(folio, foto.huella)
    try:
        montaje().deposito.copiar(llave_recien_subida(folio, producto), destino)
    except ObjetoAusente as error:
        raise Rechazo("respuestas_por_corregir", campos={"file": OTRA_VEZ}) from error
    copia = montaje().deposito.examinar(destino)
    if copia is None or copia.huella != foto.huella:
        raise Rechazo("respuestas_por_corregir", campos={"file": OTRA_VEZ})


def vaciar(folio: str, producto: str) -> None:
    """Borra la que esperaba, ya guardada; si el depósito no responde, caduca sola."""
    with suppress(DepositoNoResponde):
        montaje().deposito.borrar(llave_recien_subida(folio, producto))


def borrar_sobrantes(antes: Vitrina, despues: Vitrina) -> None:
    """Las que ya no usa nadie; si el depósito no responde, quedan guardadas sin que nadie las vea."""
    with suppress(DepositoNoResponde):
        for huella in sorted(antes.fotos - despues.fotos):
            montaje().deposito.borrar(llave(antes.folio, huella))
