"""La convocatoria tal como la publica un editor, y en qué situación está en un instante dado."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from funciones.dominio.plazo import fin_del_dia, inicio_del_dia, vencio

# Los tipos de actividad de cada componente, y para qué se va: lo que admite una convocatoria y una nómina.
TIPOS_POR_COMPONENTE: Mapping[int, tuple[str, ...]] = {
    1: ("feria", "evento", "catalogo_en_linea"),
    2: ("encuentro_empresarial", "rueda_de_negocios"),
}
OBJETIVOS = ("vender_al_publico", "conocer_compradores", "conocer_proveedores", "intercambiar_experiencias")


class ModoSeleccion(StrEnum):
    """Cómo se asignan los cupos: ventanilla abierta por orden de llegada, o pauta con puntaje."""

    LLEGADA = "llegada"
    PUNTAJE = "puntaje"


class Situacion(StrEnum):
    """Lo que el editor declara; lo demás lo dicen las fechas."""

    VIGENTE = "vigente"
    SUSPENDIDA = "suspendida"
    CANCELADA = "cancelada"


class EstadoConvocatoria(StrEnum):
    """Lo que ve una persona cuando mira la convocatoria."""

    PROXIMA = "proxima"
    ABIERTA = "abierta"
    CON_LISTA_DE_ESPERA = "con_lista_de_espera"
    SUSPENDIDA = "suspendida"
    EN_EVALUACION = "en_evaluacion"
    RESULTADOS = "resultados"
    CERRADA = "cerrada"
    CANCELADA = "cancelada"


@dataclass(frozen=True, slots=True)
class DocumentoPedido:
    """Un documento que pide la convocatoria. `tipos_persona` vacío: a todas."""

    documento: str
    titulo: str
    obligatorio: bool
    tipos_persona: tuple[str, ...] = ()
    donde_obtener: str = ""
    sitio: str = ""
    vigencia_dias: int | None = None

    def rige_para(self, tipo_persona: str) -> bool:
        """Si se le pide a este tipo de persona."""
        return not self.tipos_persona or tipo_persona in self.tipos_persona


@dataclass(frozen=True, slots=True)
class Descriptor:
    """Qué se tiene que ver para poner esta nota."""

    nota: Decimal
    texto: str


@dataclass(frozen=True, slots=True)
class Criterio:
    """Un criterio de la pauta: peso en por ciento, escala cerrada y turno en el desempate (1 decide primero)."""

    criterio: str
    titulo: str
    ponderacion: int
    escala_minima: Decimal
    escala_maxima: Decimal
    desempate: int
    descripcion: str = ""
    descriptores: tuple[Descriptor, ...] = ()


class Grupo(StrEnum):
    """A quiénes se puede reservar cupos; `Reserva.valor` dice cuál dentro del grupo."""

    LIDERADA_POR_MUJERES = "liderada_por_mujeres"
    TIPO_PERSONA = "tipo_persona"
    REGION = "region"
    COMUNA = "comuna"


@dataclass(frozen=True, slots=True)
class Reserva:
    """Cupos que la convocatoria asegura a un grupo: un mínimo, no un tope. `valor` vacío si el grupo no lo usa."""

    reserva: str
    titulo: str
    cupos: int
    grupo: Grupo
    valor: str = ""


@dataclass(frozen=True, slots=True)
class Cupo:
    """Los puestos de una convocatoria en un instante. `espera_maxima` None: la lista no tiene tope."""

    cupos: int
    asignados: int = 0
    espera: int = 0
    espera_maxima: int | None = None

    @property
    def libres(self) -> int:
        """Puestos que nadie tiene."""
        return max(self.cupos - self.asignados, 0)

    @property
    def completo(self) -> bool:
        """Ni puesto ni lugar en la lista de espera."""
        return self.libres == 0 and self.espera_maxima is not None and self.espera >= self.espera_maxima


@dataclass(frozen=True, slots=True)
class Convocatoria:
    """Una convocatoria publicada. Instantes en UTC con zona; fechas, del calendario de Chile."""

    id: str
    nombre: str
    componente: int
    tipo_actividad: str
    objetivo: str
    modalidad: str
    region: str
    modo_seleccion: ModoSeleccion
    cupos: int
    publicacion: date
    apertura: datetime
    cierre: datetime
    resultados: date
    actividad_inicio: date
    actividad_termino: date
    encuesta_cierre: date
    horas_oferta: int
    anio_ventas: int
    fecha_uf: date
    oficina: str
    responsable_rol: str
    huella: str
    espera_maxima: int | None = None
    nota_minima: Decimal | None = None
    regiones_admitidas: tuple[str, ...] = ()
    giro: str = "alguno"
    situacion: Situacion = Situacion.VIGENTE
    motivo_situacion: str = ""
    resumen: str = ""
    demostracion: bool = False
    documentos: tuple[DocumentoPedido, ...] = ()
    criterios: tuple[Criterio, ...] = ()
    # Lo que estrecha a quién admite; vacío, como el programa. Nunca lo ensancha: lo comprueba la validación.
    comunas_admitidas: tuple[str, ...] = ()
    actividades_admitidas: tuple[str, ...] = ()
    ventas_minimas_uf: Decimal | None = None
    ventas_maximas_uf: Decimal | None = None
    antiguedad_minima_anios: int | None = None
    antiguedad_maxima_anios: int | None = None
    perfil: str = ""
    permite_repetir: bool = False
    # Quién paga: «sercotec», «fndr» o «cofinanciado»; en este caso, cuántos pesos aporta cada empresa.
    financiamiento: str = "sercotec"
    cofinanciamiento_clp: Decimal | None = None
    # Cómo se recibe, se evalúa y se elige.
    postulaciones_maximas: int | None = None
    evaluadores: int = 1
    a_ciegas: bool = False
    reservas: tuple[Reserva, ...] = ()
    # A qué se obliga quien queda: su carta de compromiso. Vacío, no se pide.
    compromisos: tuple[str, ...] = ()

    def recibe(self, ahora: datetime) -> bool:
        """Si una postulación que llega en este instante está dentro del plazo: apertura incluida, cierre no."""
        return self.situacion is Situacion.VIGENTE and self.apertura <= ahora < self.cierre

    def llena(self, recibidas: int) -> bool:
        """Si con esas postulaciones en la fila ya no recibe otra."""
        return self.postulaciones_maximas is not None and recibidas >= self.postulaciones_maximas

    def empezo(self, ahora: datetime) -> bool:
        """Si ya llegó el primer día de la actividad."""
        return ahora >= inicio_del_dia(self.actividad_inicio)

    def en_su_dia(self, ahora: datetime) -> bool:
        """Si hoy es uno de los días de la actividad."""
        return self.empezo(ahora) and not vencio(fin_del_dia(self.actividad_termino), ahora)

    def termino(self, ahora: datetime) -> bool:
        """Si ya pasó el último día de la actividad."""
        return vencio(fin_del_dia(self.actividad_termino), ahora)

    def estado(self, ahora: datetime, cupo: Cupo | None = None) -> EstadoConvocatoria:
        """La situación en `ahora`. Sin `cupo` (dato vivo del almacén) no se afirma que esté completa."""
        if self.situacion is Situacion.CANCELADA:
            return EstadoConvocatoria.CANCELADA
        if self.situacion is Situacion.SUSPENDIDA:
            return EstadoConvocatoria.SUSPENDIDA
        if ahora < self.apertura:
            return EstadoConvocatoria.PROXIMA
        if ahora < self.cierre:
            return _estado_abierta(cupo)
        if ahora < inicio_del_dia(self.resultados):
            return EstadoConvocatoria.EN_EVALUACION
        if not vencio(fin_del_dia(self.encuesta_cierre), ahora):
            return EstadoConvocatoria.RESULTADOS
        return EstadoConvocatoria.CERRADA

    def documentos_de(self, tipo_persona: str) -> tuple[DocumentoPedido, ...]:
        """Los documentos que se le piden a este tipo de persona, en el orden de la convocatoria."""
        return tuple(d for d in self.documentos if d.rige_para(tipo_persona))

    def vencimiento_oferta(self, ahora: datetime) -> datetime:
        """Hasta cuándo puede aceptar quien recibe ahora un puesto liberado; nunca después de que empiece."""
        return min(ahora + timedelta(hours=self.horas_oferta), inicio_del_dia(self.actividad_inicio))


def _estado_abierta(cupo: Cupo | None) -> EstadoConvocatoria:
    if cupo is None or cupo.libres:
        return EstadoConvocatoria.ABIERTA
    return EstadoConvocatoria.CERRADA if cupo.completo else EstadoConvocatoria.CON_LISTA_DE_ESPERA
