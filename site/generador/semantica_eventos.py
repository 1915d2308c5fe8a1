"""Revisa que los eventos y el catálogo tengan sentido: situación, sede, participantes, permisos e imágenes."""

from collections.abc import Iterator

from generador.problemas import Problema
from generador.semantica_convocatorias import motivo, tipo_del_componente
from generador.vista import Vista


def situacion_de_eventos(vista: Vista) -> Iterator[Problema]:
    for evento in vista.filas("eventos", "eventos"):
        yield from motivo(evento, "programado")
        yield from tipo_del_componente(evento)


def sede_del_evento(vista: Vista) -> Iterator[Problema]:
    for evento in vista.filas("eventos", "eventos"):
        sede = vista.uno("eventos", "sedes", "id", evento["sede"])
        for columna in ("region", "comuna"):
            if sede and sede[columna] != evento[columna]:
                que = f"dice «{evento.textos[columna]}» y su sede «{sede.textos[columna]}»"
                yield evento.mal(columna, que, f"escribe «{sede[columna]}» o cambia la sede")


def permisos(vista: Vista) -> Iterator[Problema]:
    for empresa in vista.filas("catalogos", "empresas"):
        if empresa["retiro"] and empresa["retiro"] < empresa["consentimiento"]:
            que = f"retira el permiso el {empresa['retiro']}, antes de darlo ({empresa['consentimiento']})"
            yield empresa.mal("retiro", que, "escribe una fecha posterior al permiso o deja la celda vacía")


def imagenes(vista: Vista) -> Iterator[Problema]:
    """Quien no ve la imagen necesita saber qué muestra; repetir el nombre del producto no lo dice."""
    for producto in vista.filas("catalogos", "productos"):
        if producto["foto_alt"].strip(" .").lower() == producto["nombre"].strip(" .").lower():
            yield producto.mal(
                "foto_alt", "repite el nombre del producto", "di qué se ve, por ejemplo «Frasco de vidrio con tapa»"
            )
