/** The role that the site, the jobs and the command line work as. Roles belong to a whole server. */
export const applicationRole = 'yunqiao_app'
