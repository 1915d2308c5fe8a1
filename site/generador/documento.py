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


# Con pocas opciones se elige de una mirada; cada tipo dice en cuál cae.
GRUPOS = {
    "convocatoria": "Convocatorias",
    "evento": "Eventos",
    "ayuda": "Ayuda",
    "producto": "Productos",
    "empresa": "Empresas",
    "lista": "Listas",
    "cifra": "Cifras y datos",
}


class Clase(NamedTuple):
    """Cómo se nombra un tipo, en qué grupo se filtra, la clase de su color y cuánto pesa al ordenar."""

    nombre: str
    grupo: str
    color: str
    peso: float


CLASES = {
    Tipo.CONVOCATORIA: Clase("Convocatoria", "convocatoria", "c1", 1.2),
    Tipo.EVENTO: Clase("Evento", "evento", "c1", 1.2),
    Tipo.PREGUNTA: Clase("Pregunta", "ayuda", "c2", 1.15),
    Tipo.PAGINA: Clase("Página", "ayuda", "c2", 1.1),
    Tipo.PALABRA: Clase("Palabra explicada", "ayuda", "c2", 1.05),
    Tipo.CIFRA: Clase("Cifras", "cifra", "c4", 1.0),
    Tipo.LISTA: Clase("Lista", "lista", "c3", 0.9),
    Tipo.PRODUCTO: Clase("Producto", "producto", "c3", 1.0),
    Tipo.EMPRESA: Clase("Empresa", "empresa", "c3", 1.0),
    Tipo.DATO: Clase("Datos abiertos", "cifra", "c4", 0.5),
    Tipo.INTERNO: Clase("Cómo está hecho", "cifra", "c4", 0.5),
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
