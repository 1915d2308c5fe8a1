"""Lo que una plantilla necesita saber de cada convocatoria, evento, empresa o producto, ya reunido y con nombres."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from funciones.adaptadores.horneado import Horneado
from funciones.adaptadores.textos import requisitos
from funciones.dominio.admisibilidad import Reglamento
from funciones.dominio.convocatoria import Convocatoria, EstadoConvocatoria
from funciones.dominio.plazo import fecha_en_chile, fin_del_dia, inicio_del_dia
from generador.filtros import fecha, fecha_hora
from generador.graficos import Calendario, calendario
from generador.paquetes import Fila, Paquetes
from generador.prosa import en_html
from generador.valores import convertir

PLANTILLAS = Path(__file__).resolve().parents[2] / "plantillas"
TIPOS = {
    "feria": "Feria",
    "evento": "Evento",
    "catalogo_en_linea": "Catálogo en línea",
    "encuentro_empresarial": "Encuentro empresarial",
    "rueda_de_negocios": "Rueda de negocios",
}
MODALIDADES = {"presencial": "Presencial", "virtual": "Por internet", "mixta": "Presencial y por internet"}
FINANCIAMIENTOS = {
    "sercotec": "La financia Sercotec en un 100 %.",
    "cofinanciado": "La financia Sercotec, con un aporte de tu empresa.",
    "fndr": "Se financia con el Fondo Nacional de Desarrollo Regional, por convenio.",
}
# Palabra y forma de cada estado: la forma la da la clase, para que nunca sea solo el color.
ESTADOS = {
    EstadoConvocatoria.PROXIMA: ("Próxima", "proxima"),
    EstadoConvocatoria.ABIERTA: ("Abierta", "abierta"),
    EstadoConvocatoria.CON_LISTA_DE_ESPERA: ("Cupos completos, con lista de espera", "espera"),
    EstadoConvocatoria.SUSPENDIDA: ("Suspendida", "suspendida"),
    EstadoConvocatoria.EN_EVALUACION: ("En evaluación", "evaluacion"),
    EstadoConvocatoria.RESULTADOS: ("Con resultados", "resultados"),
    EstadoConvocatoria.CERRADA: ("Cerrada", "cerrada"),
    EstadoConvocatoria.CANCELADA: ("Cancelada", "no"),
}
SITUACIONES_EVENTO = {
    "programado": ("Programado", "abierta"),
    "pospuesto": ("Pospuesto", "espera"),
    "trasladado": ("Cambió de lugar", "evaluacion"),
    "cancelado": ("Cancelado", "no"),
}
CAMPOS_SITUACION = {"vigente": "Vigente", "suspendida": "Suspendida", "cancelada": "Cancelada"}


class Fichas:
    """Los datos de todos los paquetes, cruzados y buscables; se arma una vez por construcción."""

    def __init__(self, datos: Paquetes, publicado: Horneado, ahora: datetime) -> None:
        self.datos, self.publicado, self.ahora = datos, publicado, ahora
        parametros = datos["parametros"]
        self.regiones = sorted(parametros["regiones"], key=lambda r: r["orden"])
        self.region = {r["region"]: r for r in self.regiones}
        self.comuna = {c["comuna"]: c for c in parametros["comunas"]}
        self.oficina = {o["id"]: o for o in parametros["oficinas"]}
        self.rubro = {r["id"]: r for r in parametros["rubros"]}
        self.eventos_por_id = {e["id"]: e for e in datos["eventos"]["eventos"]}
        self.sedes = {s["id"]: s for s in datos["eventos"]["sedes"]}
        self._hijas = {t: agrupar(datos["convocatorias"][t], "convocatoria") for t in _HIJAS}
        self._programa = agrupar(datos["eventos"]["programa"], "evento")
        self._productos = agrupar(datos["catalogos"]["productos"], "empresa")

    @cached_property
    def convocatorias(self) -> list["FichaConvocatoria"]:
        """Todas, primero las que cierran antes."""
        filas = sorted(self.datos["convocatorias"]["convocatorias"], key=lambda c: (c["cierre"], c["id"]))
        return [FichaConvocatoria(fila, self) for fila in filas]

    @cached_property
    def eventos(self) -> list["FichaEvento"]:
        filas = sorted(self.datos["eventos"]["eventos"], key=lambda e: (e["inicio"], e["id"]))
        return [FichaEvento(fila, self) for fila in filas]

    @cached_property
    def empresas(self) -> list["FichaEmpresa"]:
        """Las que dieron su permiso y no lo han retirado."""
        hoy = fecha_en_chile(self.ahora)
        filas = (e for e in self.datos["catalogos"]["empresas"] if _publicable(e, hoy))
        return [FichaEmpresa(fila, self) for fila in sorted(filas, key=lambda e: e["id"])]

    @cached_property
    def empresa(self) -> dict[str, "FichaEmpresa"]:
        return {e.fila["id"]: e for e in self.empresas}

    @cached_property
    def participantes(self) -> dict[str, list["FichaEmpresa"]]:
        """Las empresas publicadas de cada evento."""
        pares = [p for p in self.datos["eventos"]["participantes"] if p["empresa"] in self.empresa]
        return {e: [self.empresa[p["empresa"]] for p in grupo] for e, grupo in agrupar(pares, "evento").items()}

    def hijas(self, tabla: str, convocatoria: str) -> list[Fila]:
        return self._hijas[tabla].get(convocatoria, [])

    def programa(self, evento: str) -> list[Fila]:
        return sorted(self._programa.get(evento, []), key=lambda p: p["orden"])

    def productos(self, empresa: str) -> list[Fila]:
        return self._productos.get(empresa, [])

    def lugar(self, fila: Mapping[str, Any]) -> str:
        """`Talca, Maule`; si es por internet, lo dice."""
        region = self.region[fila["region"]]["nombre"]
        if fila.get("modalidad") == "virtual":
            return f"Por internet · {region}"
        comuna = self.comuna[fila["comuna"]]["nombre"] if fila.get("comuna") else region
        return region if comuna == region else f"{comuna}, {region}"

    def excluidos(self) -> list[str]:
        """Los rubros que el programa no atiende, como los nombra su formulario."""
        return [s["excluida_por"] for s in self.datos["parametros"]["secciones"] if s["excluida_por"]]


_HIJAS = ("documentos", "criterios", "hitos", "enmiendas")


@dataclass(frozen=True)
class FichaConvocatoria:
    """Una convocatoria con todo lo que muestra su página."""

    fila: Fila
    fichas: Fichas

    def __getattr__(self, nombre: str) -> Any:
        try:
            return self.fila[nombre]
        except KeyError:
            raise AttributeError(nombre) from None

    @property
    def ruta(self) -> str:
        return f"/convocatorias/{self.fila['id']}/"

    @property
    def clase(self) -> str:
        return f"c{self.fila['componente']}"

    @cached_property
    def dominio(self) -> Convocatoria:
        convocatoria = self.fichas.publicado.convocatoria(self.fila["id"])
        assert convocatoria is not None
        return convocatoria

    @cached_property
    def estado(self) -> EstadoConvocatoria:
        """Según las fechas; los cupos se preguntan al mirar, no al construir."""
        return self.dominio.estado(self.fichas.ahora)

    @property
    def estado_palabra(self) -> str:
        return ESTADOS[self.estado][0]

    @property
    def estado_clase(self) -> str:
        return ESTADOS[self.estado][1]

    @property
    def region_orden(self) -> int:
        return int(self.fichas.region[self.fila["region"]]["orden"])

    @property
    def region_nombre(self) -> str:
        return str(self.fichas.region[self.fila["region"]]["nombre"])

    @property
    def lugar(self) -> str:
        return self.fichas.lugar(self.fila)

    @property
    def tipo(self) -> str:
        return TIPOS[self.fila["tipo_actividad"]]

    @property
    def modalidad_palabra(self) -> str:
        return MODALIDADES[self.fila["modalidad"]]

    @property
    def financiamiento_frase(self) -> str:
        return FINANCIAMIENTOS[self.fila["financiamiento"]]

    @property
    def oficina_ficha(self) -> Fila:
        return self.fichas.oficina[self.fila["oficina"]]

    @property
    def admitidas(self) -> list[str]:
        """Nombres de las regiones admitidas; vacía, todo el país."""
        return [r["nombre"] for r in self.fichas.regiones if r["region"] in self.fila["regiones_admitidas"]]

    @property
    def codigos_region(self) -> list[str]:
        """Donde aparece al buscar por región: la suya y las que admite; por internet y sin límite, en todas."""
        if self.fila["modalidad"] == "virtual" and not self.fila["regiones_admitidas"]:
            return sorted(self.fichas.region)
        return sorted({self.fila["region"], *self.fila["regiones_admitidas"]})

    @property
    def resultados_desde(self) -> datetime:
        return inicio_del_dia(self.fila["resultados"])

    @property
    def termina(self) -> datetime:
        return fin_del_dia(self.fila["encuesta_cierre"])

    @property
    def documentos(self) -> list[Fila]:
        return sorted(self.fichas.hijas("documentos", self.fila["id"]), key=lambda d: (d["orden"], d["documento"]))

    @property
    def criterios(self) -> list[Fila]:
        return self.fichas.hijas("criterios", self.fila["id"])

    @property
    def desempate(self) -> list[Fila]:
        return sorted(self.criterios, key=lambda c: c["desempate"])

    @property
    def hitos(self) -> list[Fila]:
        return sorted(self.fichas.hijas("hitos", self.fila["id"]), key=lambda h: (h["inicio"], h["termino"]))

    @property
    def calendario(self) -> Calendario | None:
        return calendario(self.hitos) if self.hitos else None

    @property
    def enmiendas(self) -> list[dict[str, Any]]:
        """Los cambios, del más nuevo al más antiguo, con el campo y los valores en palabras."""
        campos = self.fichas.datos.esquemas["convocatorias"].recursos["convocatorias"].campos
        filas = sorted(self.fichas.hijas("enmiendas", self.fila["id"]), key=lambda e: -e["numero"])
        return [
            {
                **e,
                "titulo": campos[e["campo"]].descriptor["title"] if e["campo"] in campos else e["campo"],
                "de": _en_palabras(e["antes"], campos.get(e["campo"])),
                "a": _en_palabras(e["despues"], campos.get(e["campo"])),
            }
            for e in filas
        ]

    @property
    def evento_ficha(self) -> Fila | None:
        return self.fichas.eventos_por_id.get(self.fila["evento"])

    @cached_property
    def reglamento(self) -> Reglamento:
        return self.fichas.publicado.reglamento(self.dominio)

    def pesos(self, uf: Decimal) -> Decimal:
        """Cuánto es en pesos, con la UF que declara la convocatoria."""
        return uf * self.reglamento.uf_clp

    def parametro(self, clave: str) -> str:
        return self.fichas.publicado.parametro(clave, self.fila["publicacion"])

    @cached_property
    def reglas(self) -> Mapping[str, Mapping[str, str]]:
        """Los textos de cada regla, los mismos que muestran las funciones, con los números que rigen."""
        return requisitos(self.dominio, self.fichas.publicado, PLANTILLAS)

    @property
    def bases_html(self) -> str:
        return en_html(self.fichas.datos.bases[self.fila["id"]])

    @property
    def preguntas(self) -> list[Mapping[str, Any]]:
        """Las del formulario que bastan para una primera revisión."""
        return [p for p in self.fichas.publicado.preguntas("postulacion") if p["clave"] in PREGUNTAS_BREVES]


PREGUNTAS_BREVES = ("tipo_persona", "inicio_actividades", "ventas")


@dataclass(frozen=True)
class FichaEvento:
    """Un evento con su sede, su programa, su convocatoria y las empresas que van."""

    fila: Fila
    fichas: Fichas

    def __getattr__(self, nombre: str) -> Any:
        try:
            return self.fila[nombre]
        except KeyError:
            raise AttributeError(nombre) from None

    ruta = property(lambda self: f"/eventos/{self.fila['id']}/")
    ruta_catalogo = property(lambda self: f"/catalogo/eventos/{self.fila['id']}/")
    clase = property(lambda self: f"c{self.fila['componente']}")
    region_orden = property(lambda self: int(self.fichas.region[self.fila["region"]]["orden"]))
    lugar = property(lambda self: self.fichas.lugar(self.fila))
    tipo = property(lambda self: TIPOS[self.fila["tipo_actividad"]])
    modalidad_palabra = property(lambda self: MODALIDADES[self.fila["modalidad"]])
    situacion_palabra = property(lambda self: self._situacion[0])
    situacion_clase = property(lambda self: self._situacion[1])
    sede_ficha = property(lambda self: self.fichas.sedes.get(self.fila["sede"]))
    programa = property(lambda self: self.fichas.programa(self.fila["id"]))
    empresas = property(lambda self: self.fichas.participantes.get(self.fila["id"], []))

    @property
    def convocatorias(self) -> list[FichaConvocatoria]:
        return [c for c in self.fichas.convocatorias if c.fila["evento"] == self.fila["id"]]

    @property
    def _situacion(self) -> tuple[str, str]:
        """Lo que dice la fila; si ya pasó y no se pospuso ni canceló, que se realizó."""
        if self.terminado and self.fila["situacion"] in {"programado", "trasladado"}:
            return "Realizado", "cerrada"
        return SITUACIONES_EVENTO[self.fila["situacion"]]

    @property
    def un_dia(self) -> bool:
        return fecha_en_chile(self.fila["inicio"]) == fecha_en_chile(self.fila["termino"])

    @property
    def terminado(self) -> bool:
        return bool(self.fila["termino"] < self.fichas.ahora)


@dataclass(frozen=True)
class FichaEmpresa:
    """Una empresa del catálogo, con sus productos y los eventos a los que va."""

    fila: Fila
    fichas: Fichas

    def __getattr__(self, nombre: str) -> Any:
        try:
            return self.fila[nombre]
        except KeyError:
            raise AttributeError(nombre) from None

    ruta = property(lambda self: f"/catalogo/empresas/{self.fila['id']}/")
    lugar = property(lambda self: self.fichas.lugar(self.fila))
    region_orden = property(lambda self: int(self.fichas.region[self.fila["region"]]["orden"]))
    region_nombre = property(lambda self: self.fichas.region[self.fila["region"]]["nombre"])
    comuna_nombre = property(lambda self: self.fichas.comuna[self.fila["comuna"]]["nombre"])
    rubro_nombre = property(lambda self: self.fichas.rubro[self.fila["rubro"]]["nombre"])

    @cached_property
    def productos(self) -> list["FichaProducto"]:
        return [FichaProducto(p, self) for p in self.fichas.productos(self.fila["id"])]

    @property
    def eventos(self) -> list[FichaEvento]:
        return [e for e in self.fichas.eventos if self in e.empresas]


@dataclass(frozen=True)
class FichaProducto:
    """Un producto, con la empresa que lo hace."""

    fila: Fila
    empresa: FichaEmpresa

    def __getattr__(self, nombre: str) -> Any:
        try:
            return self.fila[nombre]
        except KeyError:
            raise AttributeError(nombre) from None

    ruta = property(lambda self: f"/catalogo/productos/{self.fila['id']}/")
    rubro_nombre = property(lambda self: self.empresa.fichas.rubro[self.fila["rubro"]]["nombre"])


def agrupar(filas: Iterable[Fila], columna: str) -> dict[Hashable, list[Fila]]:
    """Las filas juntas por el valor de una columna, en su orden."""
    grupos: dict[Hashable, list[Fila]] = defaultdict(list)
    for fila in filas:
        grupos[fila[columna]].append(fila)
    return dict(grupos)


def _publicable(empresa: Fila, hoy: date) -> bool:
    retirada = empresa["retiro"] is not None and empresa["retiro"] <= hoy
    return empresa["consentimiento"] is not None and not retirada


def _en_palabras(texto: str | None, campo: Any) -> str:
    if not texto:
        return "sin dato"
    if campo is None:
        return texto
    valor = convertir(texto, campo)
    escribir: Callable[[Any], str] = {"date": fecha, "datetime": fecha_hora}.get(campo.tipo, lambda v: str(texto))
    return CAMPOS_SITUACION.get(texto, escribir(valor))
