/** The series that is counted from the registry: its rows are its raw cells. */
export const countedSeries = 'ai_firms';
