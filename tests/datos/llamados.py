"""Las convocatorias de los datos con que se prueba lo que una puede estrechar, y dónde está cada tabla."""

from generador.problemas import Problema

CONVOCATORIAS = "convocatorias/convocatorias.csv"
RESERVAS = "convocatorias/reservas.csv"
DESCRIPTORES = "convocatorias/descriptores.csv"
CASOS = "convocatorias/casos.csv"
MATRIZ = "parametros/matriz.csv"
MAULE = "2027-feria-maule-sabores-y-oficios"  # puntaje, sin nada que estreche
VALPARAISO = "2027-feria-valparaiso-manos-de-mar"  # por llegada, cuatro cupos
RIOS = "2027-rueda-los-rios-mesa-del-sur"  # componente 2, solo dos regiones
ARICA = "2027-encuentro-arica-sabores-del-desierto"  # solo negocios liderados por mujeres
BIOBIO = "2027-feria-biobio-taller-abierto"  # siete comunas y hasta 1.200 UF
ARAUCANIA = "2027-feria-araucania-invierno-en-linea"  # giro principal, rubros, años, a ciegas y reserva
ANTOFAGASTA = "2027-rueda-antofagasta-proveer-al-norte"  # desde 400 UF, rubros y dos reservas
CATALOGO = "2028-catalogo-hecho-en-regiones"  # permite repetir


def falta_caso(fila: int, convocatoria: str, columna: str, regla: str) -> Problema:
    que = f"ningún caso de «{convocatoria}» muestra a quién deja afuera esta columna"
    como = f"agrega en casos.csv uno de la regla «{regla}» que por esto no cumpla y sin esto sí"
    return Problema(CONVOCATORIAS, fila, columna, que, como)
