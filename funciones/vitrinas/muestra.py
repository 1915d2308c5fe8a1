"""Lo que se muestra de las vitrinas: un JSON y sus fotos, que el generador junta con las empresas de los datos."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from funciones.adaptadores.almacen import AlmacenNoResponde
from funciones.adaptadores.montaje import montaje
from funciones.dominio import exhibicion, texto_publico
from funciones.dominio.plazo import fecha_en_chile
from funciones.dominio.postulacion import Postulacion
from funciones.dominio.vitrina import Foto, Producto, Vitrina
from funciones.vitrinas import foto

ARCHIVO = "vitrinas.json"
FOTOS = "fotos/"
ES_FOTO = re.compile(r"[0-9a-f]{64}\.(jpg|png)")


@dataclass(frozen=True, slots=True)
class Muestra:
    """Las vitrinas a la vista como las lee el generador; `fotos`, cada archivo y de dónde se copia."""

    vitrinas: tuple[Mapping[str, Any], ...]
    fotos: Mapping[str, str]

    def texto(self, generado: datetime) -> bytes:
        """El archivo entero."""
        cuerpo = {"generado_el": generado.isoformat(), "vitrinas": self.vitrinas}
        return (json.dumps(cuerpo, ensure_ascii=False, indent=1) + "\n").encode()

    def con(self, archivos: Collection[str]) -> Muestra:
        """La misma sin nombrar las fotos que no están en `archivos`: en su lugar va el dibujo de su rubro."""

        def producto(p: Mapping[str, Any]) -> Mapping[str, Any]:
            return p if p["foto"] in archivos else {**p, "foto": None}

        vitrinas = ({**v, "productos": [producto(p) for p in v["productos"]]} for v in self.vitrinas)
        return replace(self, vitrinas=tuple(vitrinas))

    def es_la_de(self, texto: bytes | None) -> bool:
        """Si ese archivo ya dice lo mismo, sin mirar cuándo se escribió."""
        try:
            return texto is not None and json.loads(texto)["vitrinas"] == json.loads(json.dumps(self.vitrinas))
        except (ValueError, KeyError, TypeError):
            return False


_Hecho = TypeVar("_Hecho")


class TextoQueNoSePublica(Exception):
    """Una ficha aprobada lleva un texto que el portal no muestra."""


def armar(vitrinas: Collection[Vitrina], anotar: Callable[[Exception], None]) -> Muestra:
    """La muestra de esas vitrinas: solo quien dio su permiso, fue revisada por una persona y sigue participando.

    La que no se puede mostrar se le entrega a `anotar` como error y las demás siguen. Error: AlmacenNoResponde.
    """
    duenas = dict(_cada_una(vitrinas, _duena, anotar))
    # Las que ya no se publican también cuentan: dicen que ese RUT retiró su permiso.
    quedan = [v for v in vitrinas if v.publicado is None or v.folio in duenas]
    eventos = _eventos(v for v in quedan if v.publicado is not None)
    vistas = exhibicion.a_la_vista(quedan, vitrinas)
    listas = dict(_cada_una(vistas, lambda v: _vitrina(v, duenas[v.folio], eventos[v.publica]), anotar))
    salen = [v for v in vistas if v.folio in listas]
    fotos = {_archivo(p.foto): foto.llave(v.folio, p.foto.huella) for v in salen for p in _con_foto(v) if p.foto}
    return Muestra(tuple(listas.values()), fotos)


def _cada_una(
    vitrinas: Iterable[Vitrina], hacer: Callable[[Vitrina], _Hecho | None], anotar: Callable[[Exception], None]
) -> Iterator[tuple[str, _Hecho]]:
    """De cada folio, lo que resulta de su vitrina, si resulta algo."""
    for vitrina in vitrinas:
        try:
            hecho = hacer(vitrina)
        except AlmacenNoResponde:
            raise
        except Exception as error:
            anotar(error)
        else:
            if hecho is not None:
                yield vitrina.folio, hecho


def _duena(vitrina: Vitrina) -> Postulacion | None:
    """La postulación de una vitrina publicada, si todavía le corresponde tenerla."""
    convocatoria = montaje().horneado.convocatoria(vitrina.convocatoria)
    if vitrina.publicado is None or convocatoria is None:
        return None
    postulacion = montaje().almacen.postulacion(vitrina.folio)
    if postulacion is None or not exhibicion.puede_exhibir(postulacion.estado, convocatoria.componente):
        return None
    return postulacion


def _eventos(publicadas: Iterable[Vitrina]) -> dict[str, list[str]]:
    """A qué eventos va cada nombre público, contando todas sus participaciones."""
    hallados: dict[str, set[str]] = {}
    for vitrina in publicadas:
        hallados.setdefault(vitrina.publica, set()).add(montaje().horneado.evento(vitrina.convocatoria))
    return {publica: sorted(eventos - {""}) for publica, eventos in hallados.items()}


def _con_foto(vitrina: Vitrina) -> tuple[Producto, ...]:
    return () if vitrina.publicado is None else tuple(p for p in vitrina.publicado.productos if p.foto is not None)


def _archivo(una: Foto) -> str:
    """Con qué nombre se publica: el de su contenido, que no dice de quién es."""
    return f"{FOTOS}{una.huella}.{foto.TIPOS[una.tipo]}"


def _vitrina(vitrina: Vitrina, postulacion: Postulacion, eventos: list[str]) -> dict[str, Any]:
    publicado, permiso = vitrina.publicado, vitrina.permiso
    assert publicado is not None
    assert permiso is not None
    if texto_publico.no_se_publica(publicado):
        raise TextoQueNoSePublica
    convocatoria = montaje().horneado.convocatoria(vitrina.convocatoria)
    comuna = postulacion.datos["comuna"]
    return {
        "id": vitrina.publica,
        "nombre": publicado.nombre,
        "tipo_persona": postulacion.datos["tipo_persona"],
        "region": montaje().horneado.comunas[comuna]["region"],
        "comuna": comuna,
        "rubro": publicado.rubro,
        "descripcion": publicado.descripcion,
        "contacto": publicado.contacto,
        "consentimiento": fecha_en_chile(permiso.cuando).isoformat(),
        "eventos": eventos,
        "demostracion": bool(convocatoria and convocatoria.demostracion),
        "productos": [_producto(vitrina.publica, p) for p in publicado.productos],
    }


def _producto(publica: str, producto: Producto) -> dict[str, Any]:
    return {
        "id": f"{publica}-{producto.id}",
        "nombre": producto.nombre,
        "descripcion": producto.descripcion,
        "rubro": producto.rubro,
        "precio_clp": producto.precio_clp,
        "unidad": producto.unidad,
        "variantes": list(producto.variantes),
        "foto": None if producto.foto is None else _archivo(producto.foto),
        "foto_alt": producto.foto_alt,
    }
