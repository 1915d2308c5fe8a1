"""Lo que se le dice a la gente sin que lo pida en ese momento: avisos, recordatorios, cartas y su presupuesto."""
