"""Revisa las reservas de cupos: caben en la convocatoria y cada una nombra un grupo que ella admite."""

from collections.abc import Iterator

from funciones.dominio.convocatoria import Grupo
from funciones.dominio.declaracion import ADMITE
from generador.problemas import Problema
from generador.sugerencias import parecido
from generador.vista import Renglon, Vista


def caben(vista: Vista) -> Iterator[Problema]:
    if not vista.completa("convocatorias", "reservas"):
        return
    for nombre, propias in vista.grupos("convocatorias", "reservas", "convocatoria").items():
        convocatoria = vista.uno("convocatorias", "convocatorias", "id", nombre)
        suma = sum(reserva["cupos"] for reserva in propias)
        if convocatoria and suma > convocatoria["cupos"]:
            que = f"las reservas suman {suma} y la convocatoria tiene {convocatoria['cupos']} cupos"
            yield propias[-1].mal("cupos", que, "baja alguna hasta que quepan")


def grupos(vista: Vista) -> Iterator[Problema]:
    vistas: dict[tuple[str, str, str], int] = {}
    for reserva in vista.filas("convocatorias", "reservas"):
        clave = (reserva["convocatoria"], reserva["grupo"], reserva["valor"] or "")
        if clave in vistas:
            que = f"reserva para lo mismo que la fila {vistas[clave]}"
            yield reserva.mal("valor", que, "junta sus cupos en una sola fila")
        vistas.setdefault(clave, reserva.fila)
        convocatoria = vista.uno("convocatorias", "convocatorias", "id", reserva["convocatoria"])
        if convocatoria:
            yield from _valor(vista, reserva, convocatoria)


def tope(vista: Vista) -> Iterator[Problema]:
    """El tope de postulaciones deja llenar los cupos."""
    for fila in vista.filas("convocatorias", "convocatorias"):
        maximo = fila["postulaciones_maximas"]
        if maximo is not None and maximo < fila["cupos"]:
            que = f"se reciben {maximo} postulaciones y hay {fila['cupos']} cupos: sobrarían"
            yield fila.mal("postulaciones_maximas", que, f"escribe {fila['cupos']} o más, o deja la celda vacía")


def _valor(vista: Vista, reserva: Renglon, convocatoria: Renglon) -> Iterator[Problema]:
    grupo, valor = reserva["grupo"], reserva["valor"]
    if grupo == Grupo.LIDERADA_POR_MUJERES:
        yield from _mujeres(reserva, convocatoria)
    elif not valor:
        yield reserva.mal("valor", f"falta cuál: el grupo es «{grupo}»", f"escribe, por ejemplo, «{EJEMPLOS[grupo]}»")
    elif grupo == Grupo.TIPO_PERSONA:
        yield from _tipo_persona(reserva, convocatoria)
    else:
        yield from _lugar(vista, reserva, convocatoria)


COMO_SE_LLAMA = {"region": "región", "comuna": "comuna"}
EJEMPLOS = {Grupo.TIPO_PERSONA: "cooperativa", Grupo.REGION: "07", Grupo.COMUNA: "07101"}


def _mujeres(reserva: Renglon, convocatoria: Renglon) -> Iterator[Problema]:
    if reserva["valor"]:
        yield reserva.mal("valor", "el grupo «liderada_por_mujeres» no lleva valor", "deja la celda vacía")
    if convocatoria["perfil"]:
        que = "toda la convocatoria es para negocios liderados por mujeres"
        yield reserva.mal("grupo", que, "borra la reserva: no cambia nada")


def _tipo_persona(reserva: Renglon, convocatoria: Renglon) -> Iterator[Problema]:
    admitidos = [str(tipo) for tipo in ADMITE[convocatoria["componente"]]]
    if reserva["valor"] not in admitidos:
        que = f"el componente {convocatoria['componente']} no admite «{reserva['valor']}»"
        yield reserva.mal("valor", que, f"se permite: {', '.join(admitidos)}")


def _lugar(vista: Vista, reserva: Renglon, convocatoria: Renglon) -> Iterator[Problema]:
    tabla, columna = {"region": ("regiones", "region"), "comuna": ("comunas", "comuna")}[reserva["grupo"]]
    existentes, valor = vista.textos("parametros", tabla, columna), reserva["valor"]
    if valor not in existentes:
        por_nombre = {fila["nombre"]: fila[columna] for fila in vista.filas("parametros", tabla)}
        nombre = parecido(valor, por_nombre)
        cerca = por_nombre[nombre] if nombre else parecido(valor, existentes)
        como = f"escribe «{cerca}» o corrige el código" if cerca else "corrige el código"
        yield reserva.mal("valor", f"«{valor}» no existe en parametros/{tabla}.csv", como)
    elif not _admitido(vista, valor, convocatoria):
        fila = vista.uno("parametros", tabla, columna, valor)
        nombre = f" ({fila['nombre']})" if fila else ""
        que = f"la convocatoria no admite la {COMO_SE_LLAMA[columna]} {valor}{nombre}"
        yield reserva.mal("valor", que, "corrige el código o lo que admite la convocatoria")


def _admitido(vista: Vista, valor: str, convocatoria: Renglon) -> bool:
    """Si alguien de esa región o comuna puede postular."""
    regiones, comunas = convocatoria["regiones_admitidas"], convocatoria["comunas_admitidas"]
    if regiones and valor[:2] not in regiones:
        return False
    return not comunas or any(comuna.startswith(valor) for comuna in comunas)
