"""Lo que el buscador sabe de una página, o de una parte de ella: qué es, cómo se llama, qué dice y cómo se filtra."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple


class Tipo(IntEnum):
    """En este orden se guardan, y así se muestran cuando dos calzan lo mismo."""

    CONVOCATORIA = 0
    EVENTO = 1
    PREGUNTA = 2
    PAGINA = 3
    PALABRA = 4
    CIFRA = 5
    LISTA = 6
    PRODUCTO = 7
    EMPRESA = 8
    DATO = 9
    INTERNO = 10


class Clase(NamedTuple):
    """Cómo se nombra un tipo, la clase de su color y cuánto pesa al ordenar."""

    clave: str
    nombre: str
    plural: str
    color: str
    peso: float


CLASES = {
    Tipo.CONVOCATORIA: Clase("convocatoria", "Convocatoria", "Convocatorias", "c1", 1.2),
    Tipo.EVENTO: Clase("evento", "Evento", "Eventos", "c1", 1.2),
    Tipo.PREGUNTA: Clase("pregunta", "Pregunta", "Preguntas frecuentes", "c2", 1.15),
    Tipo.PAGINA: Clase("pagina", "Página", "Páginas de ayuda", "c2", 1.1),
    Tipo.PALABRA: Clase("palabra", "Palabra explicada", "Palabras explicadas", "c2", 1.05),
    Tipo.CIFRA: Clase("cifra", "Cifras", "Cifras", "c4", 1.0),
    Tipo.LISTA: Clase("lista", "Lista", "Listas", "c3", 0.9),
    Tipo.EMPRESA: Clase("empresa", "Empresa", "Empresas", "c3", 1.0),
    Tipo.PRODUCTO: Clase("producto", "Producto", "Productos", "c3", 1.0),
    Tipo.DATO: Clase("dato", "Datos abiertos", "Datos abiertos", "c4", 0.5),
    Tipo.INTERNO: Clase("interno", "Cómo está hecho", "Cómo está hecho el portal", "c4", 0.5),
}


class Vida(NamedTuple):
    """Las fechas con que el navegador vuelve a calcular el estado de una convocatoria, en ISO y en UTC."""

    situacion: str
    apertura: str
    cierre: str
    resultados: str
    termino: str


@dataclass(frozen=True)
class Documento:
    """Un resultado posible. `marcas` son sus palabras clave, que pesan menos que el título y más que el texto."""

    tipo: Tipo
    ruta: str
    titulo: str
    detalle: str = ""
    texto: str = ""
    marcas: tuple[str, ...] = ()
    # Se busca en él y no se muestra.
    callado: str = ""
    facetas: frozenset[str] = frozenset()
    demostracion: bool = False
    # Palabra y clase de su estado, si no lo calcula el navegador.
    estado: tuple[str, str] | None = None
    vida: Vida | None = None
    # Junta lo parecido: los resultados de una búsqueda caen en pocas tandas.
    vecindad: tuple[str, ...] = field(default=())
