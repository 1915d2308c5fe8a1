"""Todos los correos que salen, escritos con datos de demostración: para mirarlos y corregirlos antes de que lleguen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from funciones.adaptadores.redaccion import carta
from funciones.avisos import novedades
from funciones.datos_personales import derechos as de_datos
from funciones.dominio import cambio_de_actividad as de_actividad
from funciones.dominio import folio as folios
from funciones.dominio.cambio_de_actividad import Cambio, Caso
from funciones.dominio.convocatoria import Convocatoria, ModoSeleccion
from funciones.dominio.derecho import Derecho
from funciones.dominio.estado import DENEGACIONES, SIN_AVISO, Estado
from funciones.dominio.fechas import fecha_hora_larga
from funciones.dominio.novedad import Noticia, Publicada
from funciones.dominio.postulacion import Recurso
from funciones.entrada import recurso
from funciones.tramite.vista import ESTADO_EN_PALABRAS, de_convocatoria, de_correo, enlaces
from generador import tramite_de_muestra as tramite
from generador.fichas import Fichas
from generador.tramite_de_muestra import MontajeDeMuestra

DE_POSTULACION = "De una postulación"
DE_ACTIVIDAD = "Cuando cambia la actividad"
DE_CATALOGO = "De la ficha del catálogo"
DE_AVISOS = "De quien pide avisos"
DE_DERECHOS = "De los derechos sobre tus datos"
# Sin reglas del recurso en los datos, la muestra dice este: el correo de un no siempre lleva uno.
_VIA = Recurso("Responde el correo de la decisión o acércate a la oficina que organiza.", 5)
_CODIGO_DE_AVISOS = "a2b3" * 14


@dataclass(frozen=True)
class Muestra:
    """Un correo escrito: cuándo sale, con qué plantilla, y lo que dice en texto y en HTML."""

    id: str
    grupo: str
    titulo: str
    cuando: str
    plantilla: str
    asunto: str
    texto: str
    html: str

    @property
    def ruta(self) -> str:
        """Su página."""
        return f"/correos/{self.id}/"


class Muestras:
    """Los correos de muestra de un portal. Solo con convocatorias de demostración: de una de verdad no se inventa."""

    def __init__(self, fichas: Fichas, plantillas: Path) -> None:
        self._publicado, self._plantillas = fichas.publicado, plantillas
        self._montaje = MontajeDeMuestra(fichas.publicado, plantillas, fichas.entradas.sitio, fichas.ahora)
        self._ahora = fichas.ahora

    @cached_property
    def todas(self) -> tuple[Muestra, ...]:
        """Todas, por grupo; vacío si no hay una convocatoria de demostración."""
        if self._convocatoria is None:
            return ()
        familias = (self._postulaciones, self._actividades, self._catalogo, self._avisos, self._derechos)
        return tuple(muestra for familia in familias for muestra in familia())

    @cached_property
    def _publicadas(self) -> tuple[Publicada, ...]:
        return tuple(p for p in self._publicado.publicadas() if p.convocatoria.demostracion)

    @cached_property
    def _convocatoria(self) -> Convocatoria | None:
        """La que se postula en las muestras: con nota, para que se vea, y en un lugar."""
        todas = sorted((p.convocatoria for p in self._publicadas), key=_que_muestra_mas)
        return todas[0] if todas else None

    @property
    def _ella(self) -> Convocatoria:
        assert self._convocatoria is not None
        return self._convocatoria

    @cached_property
    def _oficina(self) -> str:
        return str(self._publicado.oficina(self._ella.oficina)["nombre"])

    def _muestra(
        self, id: str, grupo: str, titulo: str, cuando: str, plantilla: str, contexto: Mapping[str, Any]
    ) -> Muestra:
        return Muestra(id, grupo, titulo, cuando, plantilla, *carta(plantilla, contexto, self._plantillas))

    def _postulaciones(self) -> Iterator[Muestra]:
        nueva = tramite.postulada(self._ella, self._montaje.llavero)
        via = recurso.vigente(self._publicado, self._ahora) or _VIA
        for estado in Estado:
            if estado in SIN_AVISO:
                continue
            postulacion, historia = tramite.recorrer(nueva, estado, self._ella, self._oficina, via)
            self._montaje.en_la_fila(*(tramite.con_otras_delante(postulacion) if postulacion.puntaje else ()))
            contexto = de_correo(postulacion, self._ella, historia, self._montaje)
            titulo = ESTADO_EN_PALABRAS[estado]
            cuando = "Es un no: lleva sus razones y cómo reclamar." if estado in DENEGACIONES else CUANDO[estado]
            yield self._muestra(
                str(estado).replace("_", "-"), DE_POSTULACION, titulo, cuando, f"correo/{estado}", contexto
            )

    def _comun(self) -> dict[str, Any]:
        nueva = tramite.postulada(self._ella, self._montaje.llavero)
        return {
            "folio": folios.mostrar(nueva.folio),
            "nombre": tramite.NOMBRE,
            "representante": tramite.REPRESENTA,
            "convocatoria": de_convocatoria(self._ella, self._publicado),
            **enlaces(nueva, self._montaje),
            "codigo": self._montaje.llavero.secreto(nueva.folio),
        }

    def _actividades(self) -> Iterator[Muestra]:
        """Con los cambios que de verdad tienen las convocatorias de demostración: uno de cada clase."""
        hechas: set[str] = set()
        for publicada in self._publicadas:
            rigen = de_actividad.vigentes(
                publicada.enmiendas, self._publicado.cambios_del_evento(publicada.convocatoria.id), self._ahora
            )
            efecto = str(de_actividad.efecto(rigen)) if rigen else ""
            if not rigen or efecto in hechas:
                continue
            hechas.add(efecto)
            yield from self._de_cambio(publicada.convocatoria, rigen, efecto)

    def _de_cambio(self, convocatoria: Convocatoria, rigen: tuple[Cambio, ...], efecto: str) -> Iterator[Muestra]:
        cambios = [novedades.cambio(e, self._publicado) for e in de_actividad.por_decir(rigen)]
        de_ella = {"convocatoria": de_convocatoria(convocatoria, self._publicado), "cambios": cambios, "efecto": efecto}
        for caso in Caso:
            titulo = f"{EFECTOS[efecto]}: {CASOS[caso]}"
            id = f"actividad-{efecto}-{caso}".replace("_", "-")
            contexto = self._comun() | de_ella | {"caso": str(caso)}
            cuando = "Sale una vez por cada cambio importante, hasta diez minutos después de publicarlo."
            yield self._muestra(id, DE_ACTIVIDAD, titulo, cuando, "correo_cambio/actividad", contexto)

    def _decidio(self) -> dict[str, str]:
        # Una hora de la convocatoria, y no la de publicar: el portal de hoy y el de un minuto después dicen lo mismo.
        cuando = fecha_hora_larga(self._ella.cierre)
        return {"rol": "evaluador", "oficina": self._oficina, "cuando_texto": cuando}

    def _catalogo(self) -> Iterator[Muestra]:
        contexto = self._comun() | {
            "enlace_publico": f"{self._montaje.url_portal}/catalogo/",
            "decidio": self._decidio(),
        }
        for nombre, (titulo, cuando, motivo) in DE_FICHA.items():
            yield self._muestra(
                f"ficha-{nombre}",
                DE_CATALOGO,
                titulo,
                cuando,
                f"correo_vitrina/{nombre}",
                contexto | {"motivo": motivo},
            )

    def _avisos(self) -> Iterator[Muestra]:
        portal = self._montaje.url_portal
        enlace = f"{portal}/api/suscripcion?codigo={_CODIGO_DE_AVISOS}"
        comun = {
            "pide": {"regiones": "Maule y Ñuble", "componentes": "Ferias, eventos y catálogos"},
            "enlace_baja": enlace,
            "portal": portal,
            "derechos_url": f"{portal}/privacidad/",
        }
        confirma = {"enlace": enlace, "vence_texto": fecha_hora_larga(self._ella.cierre), "igual": False}
        for id, ya_recibe, titulo in (("avisos-confirmar", False, "Confirmar"), ("avisos-cambiar", True, "Cambiarlos")):
            contexto = comun | confirma | {"ya_recibe": ya_recibe}
            cuando = "Sale apenas se piden los avisos; sin confirmar, no hay más correos."
            yield self._muestra(id, DE_AVISOS, titulo, cuando, "suscripcion/confirma", contexto)
        noticias = tuple(self._noticias())
        resumen = comun | {
            "encabezado": novedades.titulo(noticias),
            "region_orden": None,
            "noticias": [novedades.de_noticia(n, self._publicado, portal, self._ahora) for n in noticias],
        }
        cuando = "Sale cuando hay algo nuevo, a lo más uno al día."
        yield self._muestra("avisos-resumen", DE_AVISOS, "Lo nuevo", cuando, "suscripcion/resumen", resumen)
        yield from self._recordatorio(comun)

    def _recordatorio(self, comun: Mapping[str, Any]) -> Iterator[Muestra]:
        portal, id_convocatoria = self._montaje.url_portal, self._ella.id
        contexto = dict(comun) | {
            "convocatoria": de_convocatoria(self._ella, self._publicado),
            "region_orden": self._publicado.orden_region(self._ella.region),
            "enlace": f"{portal}/api/postular?convocatoria={id_convocatoria}",
            "enlace_convocatoria": f"{portal}/convocatorias/{id_convocatoria}/",
        }
        cuando = "Sale una vez, 48 horas antes del cierre, a quien lo pidió."
        yield self._muestra("recordatorio", DE_AVISOS, "Por cerrar", cuando, "suscripcion/recordatorio", contexto)

    def _noticias(self) -> Iterator[Noticia]:
        """Una nueva y una con cambios."""
        yield Noticia(next(p for p in self._publicadas if p.convocatoria == self._ella), (), frozenset())
        con = next((p for p in self._publicadas if p.cambios(self._ahora) and p.convocatoria != self._ella), None)
        if con is not None:
            yield Noticia(con, con.cambios(self._ahora), frozenset())

    def _derechos(self) -> Iterator[Muestra]:
        contexto = self._comun() | {
            "derecho": de_datos.TITULOS[Derecho.RECTIFICACION],
            "pedido_texto": fecha_hora_larga(self._ella.apertura),
            "vence_texto": fecha_hora_larga(self._ella.cierre),
            "enlace": f"{self._montaje.url_portal}/api/derechos",
            "decidio": self._decidio(),
        }
        cambia, sigue_igual = de_datos.EFECTOS[Derecho.RECTIFICACION]
        contexto["efecto"] = {"cambia": cambia, "sigue_igual": sigue_igual}
        for nombre, (titulo, cuando, motivo) in DE_TUS_DATOS.items():
            suyo = {"motivo": motivo, "decidio": None} if nombre == "pedido" else {"motivo": motivo}
            yield self._muestra(
                f"datos-{nombre}", DE_DERECHOS, titulo, cuando, f"correo_derechos/{nombre}", contexto | suyo
            )


def _que_muestra_mas(convocatoria: Convocatoria) -> tuple[bool, bool, str]:
    """Primero las de puntaje y del componente 1, que tienen más que decir."""
    return convocatoria.modo_seleccion is not ModoSeleccion.PUNTAJE, convocatoria.componente != 1, convocatoria.id


CUANDO: Mapping[Estado, str] = {
    Estado.POR_CONFIRMAR: "Sale apenas se envía la postulación.",
    Estado.RETENIDA: "Sale al confirmar el correo, si el RUT ya tenía una postulación.",
    Estado.RECIBIDA: "Sale al confirmar el correo, y cuando vuelve a revisión.",
    Estado.EN_CORRECCION: "Sale cuando la oficina pide corregir algo.",
    Estado.DESISTIDA: "Sale si pasa el plazo y nadie corrige.",
    Estado.SELECCIONADA: "Sale con los resultados.",
    Estado.LISTA_DE_ESPERA: "Sale con los resultados.",
    Estado.OFRECIDA: "Sale cuando se libera un cupo.",
    Estado.CONFIRMADA: "Sale cuando la persona dice que va.",
    Estado.DECLINADA: "Sale cuando la persona deja el cupo.",
    Estado.OFERTA_VENCIDA: "Sale si pasa el plazo para aceptar.",
    Estado.RETIRADA: "Sale cuando la persona retira su postulación.",
    Estado.PARTICIPO: "Sale cuando la oficina anota que asistió.",
    Estado.NO_ASISTIO: "Sale cuando la oficina anota que no asistió.",
    Estado.EGRESADA: "Sale cuando responde la encuesta.",
    Estado.RECURRIDA: "Sale cuando pide que otra persona revise.",
}
EFECTOS: Mapping[str, str] = {
    "cancelada": "Se canceló",
    "suspendida": "Está detenida",
    "sigue": "Sigue adelante",
    "fecha": "Otra fecha",
    "lugar": "Otro lugar",
    "fecha_y_lugar": "Otra fecha y otro lugar",
    "otro": "Otro cambio",
}
CASOS: Mapping[Caso, str] = {
    Caso.CON_CUPO: "con cupo",
    Caso.CON_OFERTA: "con un cupo por aceptar",
    Caso.EN_ESPERA: "en lista de espera",
    Caso.EN_LA_FILA: "en la fila",
}
DE_FICHA: Mapping[str, tuple[str, str, str]] = {
    "publicada": ("Publicada", "Sale cuando la ficha ya está a la vista.", ""),
    "observada": ("Por corregir", "Sale cuando la oficina pide corregir la ficha.", "La foto muestra a una persona."),
    "retirada": ("Retirada", "Sale cuando la ficha deja de verse.", "La empresa cerró."),
}
DE_TUS_DATOS: Mapping[str, tuple[str, str, str]] = {
    "pedido": ("Pedido recibido", "Sale apenas se pide.", ""),
    "prorrogado": ("Más plazo", "Sale si la oficina necesita más días.", "Hay que revisar un archivo antiguo."),
    "acogido": ("Respuesta: sí", "Sale cuando se hace lo pedido.", "Corregimos la comuna."),
    "rechazado": (
        "Respuesta: no",
        "Sale cuando no se hace, con su razón.",
        "Los datos de un acta no se pueden borrar.",
    ),
}
