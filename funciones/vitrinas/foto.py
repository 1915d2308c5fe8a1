"""La foto de un producto: dónde se sube, cómo se revisa y dónde queda guardada hasta que se publique."""

from __future__ import annotations

import hashlib
from contextlib import suppress

from funciones.adaptadores.deposito import DepositoNoResponde, Permiso
from funciones.adaptadores.montaje import montaje
from funciones.dominio.antivirus import Antivirus, segun
from funciones.dominio.archivo import ProblemaDeArchivo, problema, tipo_real
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.foto_limpia import limpiar
from funciones.dominio.medida_de_foto import LADO_MINIMO, ProblemaDeFoto, defecto
from funciones.dominio.vitrina import Foto, Vitrina
from funciones.tramite import expediente

TIPOS = {"image/jpeg": "jpg", "image/png": "png"}
Problema = ProblemaDeArchivo | ProblemaDeFoto
# Lo que el guion nota al elegirla, sin enviarla.
SE_VEN_ANTES = (ProblemaDeArchivo.VACIO, ProblemaDeArchivo.MUY_GRANDE, ProblemaDeArchivo.OTRO_TIPO)


def llave_recien_subida(folio: str, producto: str) -> str:
    """Dónde se deja la foto mientras no se guarda; no dice nada de la persona y caduca sola."""
    return expediente.llave_cuarentena(montaje().llavero.clave_de_foto(folio, producto), "foto")


def llave(folio: str, huella: str) -> str:
    """Dónde queda guardada, fuera de la vista de todos: la de otro contenido es otra."""
    return f"{_carpeta(folio)}{huella}"


def _carpeta(folio: str) -> str:
    return f"vitrinas/{folio.lower()}/"


def permiso_para_subir(folio: str, producto: str) -> Permiso:
    """El permiso de una hora para dejar esa foto; el navegador vuelve a la página de ese producto."""
    retorno = f"{montaje().url_portal}/api/exhibir?folio={folio}&producto={producto}"
    return expediente.permiso_para_subir(montaje(), llave_recien_subida(folio, producto), montaje().ahora(), retorno)


def recien_subida(folio: str, producto: str, convocatoria: Convocatoria) -> Foto | Problema:
    """La foto que espera, ya mirada por dentro y sin lo que anotó el teléfono, o lo que impide aceptarla."""
    vista = _mirar(folio, producto, convocatoria)
    return vista if isinstance(vista, ProblemaDeArchivo | ProblemaDeFoto) else vista[0]


def archivar(folio: str, producto: str, convocatoria: Convocatoria) -> Foto | Problema:
    """La guarda limpia bajo su contenido, donde nadie la ve; repetirlo deja lo mismo."""
    vista = _mirar(folio, producto, convocatoria)
    if isinstance(vista, ProblemaDeArchivo | ProblemaDeFoto):
        return vista
    una, datos = vista
    montaje().deposito.escribir(llave(folio, una.huella), datos, una.tipo)
    return una


def _mirar(folio: str, producto: str, convocatoria: Convocatoria) -> tuple[Foto, bytes] | Problema:
    objeto = montaje().deposito.examinar(llave_recien_subida(folio, producto))
    if objeto is None:
        return ProblemaDeArchivo.FALTA
    falla = problema(objeto.tamano, objeto.inicio, expediente.tope_bytes(montaje().horneado, convocatoria))
    tipo = tipo_real(objeto.inicio) or ""
    if falla is not None or tipo not in TIPOS:
        return falla or ProblemaDeArchivo.OTRO_TIPO
    if segun(montaje().deposito.antivirus(objeto.llave)) is Antivirus.INFECTADO:
        return ProblemaDeArchivo.INFECTADO
    limpia = limpiar(montaje().deposito.leer(objeto.llave))
    if limpia is None:
        return ProblemaDeFoto.DANADA
    return defecto(limpia) or (Foto(hashlib.sha256(limpia).hexdigest(), tipo, len(limpia)), limpia)


def explicar(falla: Problema, convocatoria: Convocatoria) -> str:
    """Qué pasó con la foto y qué hacer."""
    megas = expediente.tope_bytes(montaje().horneado, convocatoria) // expediente.MEGA
    return {
        ProblemaDeArchivo.FALTA: "Falta subir la foto.",
        ProblemaDeArchivo.VACIO: "El archivo está vacío. Ábrelo para ver que tenga la foto y súbelo de nuevo.",
        ProblemaDeArchivo.MUY_GRANDE: f"La foto pesa más de {megas} MB. Guárdala más liviana y súbela de nuevo.",
        ProblemaDeArchivo.DISFRAZADO: "El archivo dice ser una foto, pero por dentro es otra cosa. Sube la original.",
        ProblemaDeArchivo.OTRO_TIPO: "El archivo no es una foto JPG ni PNG. Guárdala en uno de esos formatos.",
        ProblemaDeArchivo.INFECTADO: "El antivirus encontró un programa dañino en la foto. Sube otra.",
        ProblemaDeFoto.DANADA: "La foto está dañada o llegó a medias. Ábrela, guárdala otra vez y súbela de nuevo.",
        ProblemaDeFoto.MUY_CHICA: f"La foto es muy chica. Sube una de {LADO_MINIMO} píxeles o más por lado.",
        ProblemaDeFoto.MUCHOS_PIXELES: "La foto es enorme. Guárdala más chica, como de 1.600 píxeles de ancho.",
    }[falla]


def vaciar(folio: str, producto: str) -> None:
    """Borra la que esperaba, ya guardada; si el depósito no responde, caduca sola."""
    with suppress(DepositoNoResponde):
        montaje().deposito.borrar(llave_recien_subida(folio, producto))


def borrar_sobrantes(antes: Vitrina, despues: Vitrina) -> None:
    """Las que ya no usa nadie; si el depósito no responde, quedan guardadas sin que nadie las vea."""
    # Otra pestaña pudo guardar la misma foto entre medio.
    guardada = montaje().almacen.vitrina(antes.folio)
    en_uso = despues.fotos | (guardada.fotos if guardada is not None else frozenset())
    with suppress(DepositoNoResponde):
        for huella in sorted(antes.fotos - en_uso):
            montaje().deposito.borrar(llave(antes.folio, huella))


def destruir(folio: str) -> None:
    """Borra todas las de ese folio. Las publicadas salen en la próxima exposición."""
    for guardada in montaje().deposito.listar(_carpeta(folio)):
        montaje().deposito.borrar(guardada)
